import {
  hasMarker,
  withMarker,
  type HostIssue,
  type IssueTracker,
  type Obstacle,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { listPages } from '../api/listPages';
import { hostOf } from '../locate/slug';
import { findObstacles } from './findObstacles';
import { RepositoryApi } from './RepositoryApi';

/** Of a hundred issues each. */
const MOST_PAGES = 20;

const issueSchema = z.object({
  number: z.number().int(),
  html_url: z.string(),
  state: z.enum(['open', 'closed']),
  title: z.string(),
  body: z.string().nullish(),
  labels: z.array(
    z.union([z.string(), z.object({ name: z.string().nullish() })]),
  ),
  // Pull requests are among them.
  pull_request: z.object({}).nullish(),
});
type Issue = z.output<typeof issueSchema>;

interface Asked {
  signal: AbortSignal;
}

/** Issues through the API. Their markers are in their descriptions. */
export class GithubIssueTracker implements IssueTracker {
  readonly id = 'github';

  constructor(private readonly hosts: GithubHosts) {}

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
    const api = new RepositoryApi(this.hosts, location, signal);
    return findObstacles(api, { what: 'issues' });
  }

  async find(
    location: RepositoryLocation,
    marker: string,
    { signal }: Asked,
  ): Promise<HostIssue | undefined> {
    const found = await this.#find(location, marker, signal);
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
    const api = new RepositoryApi(this.hosts, location, signal);
    const body = withMarker(issue.body, marker);
    const found = await this.#find(location, marker, signal);
    if (found?.state !== 'open') {
      const opened = await api.read('POST /issues', issueSchema, {
        ...{ title, body, labels },
      });
      return toIssue(opened);
    }
    const has = found.labels.map(label =>
      typeof label === 'string' ? label : label.name ?? '',
    );
    const missing = labels.filter(label => !has.includes(label));
    if (found.title === title && found.body === body && missing.length === 0) {
      return toIssue(found);
    }
    const changed = await api.read(
      'PATCH /issues/{issue_number}',
      issueSchema,
      {
        ...{ issue_number: found.number, title, body },
        labels: [...has, ...missing],
      },
    );
    return toIssue(changed);
  }

  async close(
    location: RepositoryLocation,
    { marker, comment }: { marker: string; comment: string },
    { signal }: Asked,
  ): Promise<HostIssue | undefined> {
    const found = await this.#find(location, marker, signal);
    if (found?.state !== 'open') return found && toIssue(found);
    const api = new RepositoryApi(this.hosts, location, signal);
    const number = { issue_number: found.number };
    const closed = await api.read('PATCH /issues/{issue_number}', issueSchema, {
      ...{ ...number, state: 'closed', state_reason: 'completed' },
    });
    await api.ask('POST /issues/{issue_number}/comments', {
      ...{ ...number, body: comment },
    });
    return toIssue(closed);
  }

  /** Page by page, newest first: the search of the host lags behind. */
  async #find(
    location: RepositoryLocation,
    marker: string,
    signal: AbortSignal,
  ): Promise<Issue | undefined> {
    const { items } = await listPages(this.hosts, location, {
      route: 'GET /repos/{owner}/{repo}/issues',
      parameters: { state: 'all', sort: 'created', direction: 'desc' },
      ...{ schema: issueSchema, signal, mostPages: MOST_PAGES },
      enough: found => found.some(isIt),
    });
    return items.find(isIt);

    function isIt({ body, pull_request: pull }: Issue) {
      return !pull && hasMarker(body ?? '', marker);
    }
  }
}

function toIssue({ number, html_url: url, state, title }: Issue): HostIssue {
  return { id: String(number), url, state, title };
}
