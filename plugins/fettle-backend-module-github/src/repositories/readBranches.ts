import {
  SourceError,
  type BranchSnapshot,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { queryRepository } from '../api/queryRepository';
import { timeOf } from '../reports';
import { BRANCHES, branchesSchema } from './snapshotQueries';

/** A hundred branches each. GitHub sorts branches by name alone. */
const MOST_PAGES = 10;

/** Branches, most recently committed first; of more than 1,000, the first 1,000 by name. */
export async function readBranches(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: { defaultBranch: string | null; signal: AbortSignal },
): Promise<{ branches: BranchSnapshot[]; branchCount: number }> {
  const branches: BranchSnapshot[] = [];
  let branchCount = 0;
  let after: string | null | undefined;
  let compare = options.defaultBranch !== null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = { ...options, after, compare };
    let refs: Page;
    try {
      refs = await readPage(hosts, location, asked);
    } catch (error) {
      // Comparing long histories can take the host longer than it allows.
      const slow = error instanceof SourceError && error.code === 'failed';
      if (!slow || !compare) throw error;
      compare = false;
      refs = await readPage(hosts, location, { ...asked, compare });
    }
    branchCount = refs.totalCount;
    branches.push(...refs.nodes.flatMap(node => toBranch(node) ?? []));
    if (!refs.pageInfo.hasNextPage) break;
    after = refs.pageInfo.endCursor;
  }
  branches.sort((a, b) => (a.committedAt < b.committedAt ? 1 : -1));
  return { branches, branchCount };
}

type Page = z.output<typeof branchesSchema>['refs'];

async function readPage(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: {
    defaultBranch: string | null;
    after: string | null | undefined;
    compare: boolean;
    signal: AbortSignal;
  },
): Promise<Page> {
  const { defaultBranch, after, compare, signal } = options;
  const { refs } = await queryRepository(hosts, location, {
    query: BRANCHES,
    variables: { after, compare, default: defaultBranch ?? '' },
    ...{ schema: branchesSchema, signal },
  });
  return refs;
}

function toBranch(node: Page['nodes'][number]): BranchSnapshot | undefined {
  const committedAt = timeOf(node?.target?.committedDate);
  // A branch can only lead to a commit; what has no time is none.
  if (!node?.target || !committedAt) return undefined;
  return {
    name: node.name,
    commit: node.target.oid,
    committedAt,
    ...(node.compare ? { merged: node.compare.behindBy === 0 } : {}),
  };
}
