import {
  hasMarker,
  withMarker,
  type HostIssue,
  type IssueTracker,
  type Obstacle,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GiteaHosts } from '../api/GiteaHosts';
import { readPages } from '../api/readPages';
import { hostOf } from '../locate/slug';
import { findObstacles } from './findObstacles';
import { RepositoryWriter } from './RepositoryWriter';

/** Of fifty issues or labels each. */
const MOST_PAGES = 40;

const labelSchema = z.object({ id: z.number(), name: z.string() });
const issueSchema = z.object({
  number: z.number().int(),
  html_url: z.string().nullish(),
  state: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(labelSchema).nullish(),
});
type Issue = z.output<typeof issueSchema>;

interface Asked {
  signal: AbortSignal;
}

/** Issues through the API. Their markers are in their descriptions. */
export class GiteaIssueTracker implements IssueTracker {
  readonly id = 'gitea';

  constructor(private readonly hosts: GiteaHosts) {}

  covers(location: RepositoryLocation): boolean {
    return this.hosts.has(location);
  }

  hostOf(location: RepositoryLocation): string {
    return hostOf(location);
  }

  async check(
    location: RepositoryLocation,
    { signal }: Asked,
  ): Promise<Obstacle[]> {
    return findObstacles(this.#open(location, signal), { what: 'issues' });
  }

  async find(
    location: RepositoryLocation,
    marker: string,
    { signal }: Asked,
  ): Promise<HostIssue | undefined> {
    const found = await find(this.#open(location, signal), marker);
    return found && toIssue(found);
  }

  async open(
    location: RepositoryLocation,
    issue: {
      marker: string;
      title: string;
      body: string;
      labels?: readonly string[];
    },
    { signal }: Asked,
  ): Promise<HostIssue> {
    const { marker, title, labels = [] } = issue;
    const writer = this.#open(location, signal);
    const { repos, name, api } = writer;
    const body = withMarker(issue.body, marker);
    const found = await find(writer, marker);
    if (found?.state !== 'open') {
      const ids = await labelIds(writer, labels);
      const asked = repos.issueCreateIssue(...name, {
        title,
        body,
        labels: ids,
      });
      return toIssue(await api.read(asked, issueSchema));
    }
    const has = found.labels?.map(label => label.name) ?? [];
    const missing = labels.filter(label => !has.includes(label));
    if (missing.length > 0) {
      const ids = await labelIds(writer, missing);
      await repos.issueAddLabel(...name, found.number, { labels: ids });
    }
    if (found.title === title && found.body === body) return toIssue(found);
    const edit = { title, body };
    const asked = repos.issueEditIssue(...name, found.number, edit);
    return toIssue(await api.read(asked, issueSchema));
  }

  async close(
    location: RepositoryLocation,
    { marker, comment }: { marker: string; comment: string },
    { signal }: Asked,
  ): Promise<HostIssue | undefined> {
    const writer = this.#open(location, signal);
    const { repos, name, api } = writer;
    const found = await find(writer, marker);
    if (found?.state !== 'open') return found && toIssue(found);
    const closing = { state: 'closed' };
    const asked = repos.issueEditIssue(...name, found.number, closing);
    const closed = await api.read(asked, issueSchema);
    await repos.issueCreateComment(...name, found.number, { body: comment });
    return toIssue(closed);
  }

  #open(location: RepositoryLocation, signal: AbortSignal): RepositoryWriter {
    return new RepositoryWriter(this.hosts, location, signal);
  }
}

/** Newest first. */
async function find(
  { repos, name, api }: RepositoryWriter,
  marker: string,
): Promise<Issue | undefined> {
  const isIt = ({ body }: Issue) => hasMarker(body ?? '', marker);
  const { items } = await readPages({
    mostPages: MOST_PAGES,
    read: ({ page, limit }) =>
      api.readPage(
        repos.issueListIssues(...name, {
          ...{ state: 'all', type: 'issues', page, limit },
        }),
        z.array(issueSchema),
      ),
    enough: found => found.some(isIt),
  });
  return items.find(isIt);
}

/** The host takes labels by number; those that it does not have are made. */
async function labelIds(
  { repos, name, api }: RepositoryWriter,
  labels: readonly string[],
): Promise<number[]> {
  if (labels.length === 0) return [];
  const { items } = await readPages({
    mostPages: MOST_PAGES,
    read: paging =>
      api.readPage(
        repos.issueListLabels(...name, paging),
        z.array(labelSchema),
      ),
  });
  const ids: number[] = [];
  for (const label of labels) {
    const known = items.find(one => one.name === label);
    const asked = () =>
      repos.issueCreateLabel(...name, { name: label, color: '#6e7781' });
    ids.push(known?.id ?? (await api.read(asked(), labelSchema)).id);
  }
  return ids;
}

function toIssue({ number, html_url: url, state, title }: Issue): HostIssue {
  return {
    ...{ id: String(number), title },
    state: state === 'open' ? 'open' : 'closed',
    ...(url ? { url } : {}),
  };
}
