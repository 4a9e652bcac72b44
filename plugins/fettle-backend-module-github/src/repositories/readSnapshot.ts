import {
  SourceError,
  type RepositoryLocation,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import type { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { queryRepository } from '../api/queryRepository';
import { timeOf } from '../reports';
import { readBranches } from './readBranches';
import { readProtection } from './readProtection';
import {
  HISTORY,
  historyPageSchema,
  OVERVIEW,
  overviewSchema,
  type HistoryPage,
} from './snapshotQueries';

const RECENT_MS = 90 * 24 * 60 * 60 * 1000;
/** A hundred commits each; the authors of more are not counted. */
const MOST_HISTORY_PAGES = 20;

/** Four requests for a repository of up to a hundred branches and recent commits. */
export async function readSnapshot(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: { signal: AbortSignal; now: Date },
): Promise<RepositorySnapshot> {
  const { signal, now } = options;
  const since = new Date(now.getTime() - RECENT_MS).toISOString();
  const overview = await readOverview(hosts, location, { since, signal });
  const main = overview.defaultBranchRef;
  const [refs, recent, protection] = await Promise.all([
    readBranches(hosts, location, {
      defaultBranch: main?.name ?? null,
      signal,
    }),
    main && readRecent(hosts, location, { ...main.target, since, signal }),
    main &&
      readProtection(hosts, location, {
        ...{ branch: main.name, rule: main.refUpdateRule, signal },
      }),
  ]);
  return {
    defaultBranch: main?.name ?? null,
    head: main && toHead(main.target),
    ...(main ? {} : { headless: explainHeadless(refs.branchCount) }),
    ...refs,
    ...(recent ? { recent } : {}),
    shallow: false,
    ...toOpenChanges(overview),
    ...(protection ? { protection } : {}),
    archived: overview.isArchived,
  };
}

/** Without open changes where the credentials may see all but those. */
async function readOverview(
  hosts: GithubHosts,
  location: RepositoryLocation,
  { since, signal }: { since: string; signal: AbortSignal },
): Promise<Overview> {
  const ask = (changes: boolean) =>
    queryRepository(hosts, location, {
      query: OVERVIEW,
      variables: { since, changes },
      ...{ schema: overviewSchema, signal },
    });
  try {
    return await ask(true);
  } catch (error) {
    const hidden =
      error instanceof SourceError && error.code === 'unauthorized';
    if (!hidden) throw error;
    return ask(false);
  }
}

type Overview = z.output<typeof overviewSchema>;
type Head = NonNullable<Overview['defaultBranchRef']>['target'];

function toHead(target: Head): RepositorySnapshot['head'] {
  return {
    commit: target.oid,
    committedAt: timeOf(target.committedDate) ?? new Date(0).toISOString(),
    author: target.author?.name ?? '',
    subject: [...target.message.split('\n')[0]].slice(0, 200).join(''),
  };
}

function toOpenChanges({ pullRequests }: Overview) {
  if (!pullRequests) return {};
  const oldest = pullRequests.nodes[0]?.createdAt;
  return {
    openChanges: {
      count: pullRequests.totalCount,
      oldestAt: timeOf(oldest) ?? null,
    },
  };
}

async function readRecent(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: {
    oid: string;
    history: HistoryPage;
    since: string;
    signal: AbortSignal;
  },
): Promise<RepositorySnapshot['recent']> {
  const { oid, since, signal } = options;
  const emails = new Set<string>();
  let page = options.history;
  for (let read = 1; ; read++) {
    for (const node of page.nodes) {
      if (node?.author?.email) emails.add(node.author.email.toLowerCase());
    }
    if (!page.pageInfo.hasNextPage || read === MOST_HISTORY_PAGES) break;
    const { object } = await queryRepository(hosts, location, {
      query: HISTORY,
      variables: { commit: oid, since, after: page.pageInfo.endCursor },
      ...{ schema: historyPageSchema, signal },
    });
    // The branch was rewritten meanwhile; the next reading tells.
    if (!object) return undefined;
    page = object.history;
  }
  return { commits: options.history.totalCount, authors: emails.size };
}

function explainHeadless(branchCount: number) {
  return branchCount === 0
    ? {
        message: 'The repository has no commit on any branch.',
        action: 'Push a first commit.',
      }
    : {
        message:
          'The repository has branches, but its default branch is none of them.',
        action: 'Choose a default branch that exists on the host.',
      };
}
