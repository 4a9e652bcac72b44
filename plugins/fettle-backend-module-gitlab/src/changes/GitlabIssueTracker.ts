import {
  hasMarker,
  parseAnswer,
  withMarker,
  type HostIssue,
  type IssueTracker,
  type Obstacle,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GitlabHosts } from '../api/GitlabHosts';
import { hostOf } from '../locate/slug';
import { findObstacles } from './findObstacles';
import { ProjectWriter, withoutCommands } from './ProjectWriter';

/** Of a hundred issues each. */
const MOST_PAGES = 20;

const issueSchema = z.object({
  iid: z.number().int(),
  web_url: z.string().nullish(),
  state: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  labels: z.array(z.string()).nullish(),
});
type Issue = z.output<typeof issueSchema>;

interface Asked {
  signal: AbortSignal;
}

/** Issues through the API. Their markers are in their descriptions. */
export class GitlabIssueTracker implements IssueTracker {
  readonly id = 'gitlab';

  constructor(private readonly hosts: GitlabHosts) {}

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
    return findObstacles(this.#open(location, signal), 'issues');
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
    const description = withMarker(withoutCommands(issue.body), marker);
    const found = await find(writer, marker);
    if (found?.state !== 'opened') {
      return send(writer, 'POST', '/issues', {
        ...{ title, description, labels: labels.join(',') },
      });
    }
    const missing = labels.filter(label => !found.labels?.includes(label));
    const same = found.title === title && found.description === description;
    if (same && missing.length === 0) return toIssue(found);
    return send(writer, 'PUT', `/issues/${found.iid}`, {
      ...{ title, description, add_labels: missing.join(',') },
    });
  }

  async close(
    location: RepositoryLocation,
    { marker, comment }: { marker: string; comment: string },
    { signal }: Asked,
  ): Promise<HostIssue | undefined> {
    const writer = this.#open(location, signal);
    const found = await find(writer, marker);
    if (found?.state !== 'opened') return found && toIssue(found);
    const path = `/issues/${found.iid}`;
    const closed = await send(writer, 'PUT', path, { state_event: 'close' });
    const note = { body: withoutCommands(comment) };
    await writer.send('POST', `${path}/notes`, note);
    return closed;
  }

  #open(location: RepositoryLocation, signal: AbortSignal): ProjectWriter {
    return new ProjectWriter(this.hosts, location, signal);
  }
}

/** Newest first. */
async function find(
  writer: ProjectWriter,
  marker: string,
): Promise<Issue | undefined> {
  const isIt = ({ description }: Issue) => hasMarker(description ?? '', marker);
  const { items } = await writer.api.readAll('/issues', issueSchema, {
    query: { scope: 'all', order_by: 'created_at', sort: 'desc' },
    mostPages: MOST_PAGES,
    enough: found => found.some(isIt),
  });
  return items.find(isIt);
}

async function send(
  writer: ProjectWriter,
  method: 'POST' | 'PUT',
  path: string,
  body: Record<string, unknown>,
): Promise<HostIssue> {
  const { data } = await writer.send(method, path, body);
  const { remote: about } = writer.location;
  const host = hostOf(writer.location);
  return toIssue(parseAnswer(issueSchema, data, { host, about }));
}

function toIssue({ iid, web_url: url, state, title }: Issue): HostIssue {
  return {
    ...{
      id: String(iid),
      title,
      state: state === 'opened' ? 'open' : 'closed',
    },
    ...(url ? { url } : {}),
  };
}
