import type { BranchSnapshot } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import { commitSchema, describeCommit } from './commits';

/** 1,000 branches. */
const MOST_PAGES = 10;

const branchSchema = z.object({
  name: z.string(),
  commit: commitSchema,
  merged: z.boolean().nullish(),
  protected: z.boolean().nullish(),
});
export type Branch = z.output<typeof branchSchema>;

/** Branches, most recently committed first; of more than 1,000, the first ones of the host. */
export async function readBranches(
  project: ProjectApi,
  defaultBranch: string | null,
): Promise<{
  main: Branch | undefined;
  branches: BranchSnapshot[];
  branchCount: number;
}> {
  const { items, total, complete } = await project.readAll(
    '/repository/branches',
    branchSchema,
    { mostPages: MOST_PAGES },
  );
  const listed = items.find(({ name }) => name === defaultBranch);
  const main =
    listed || complete || defaultBranch === null
      ? listed
      : await project.read(
          `/repository/branches/${encodeURIComponent(defaultBranch)}`,
          branchSchema,
        );
  const branches = items.map(branch => toSnapshot(branch, main));
  branches.sort(
    (a, b) => Date.parse(b.committedAt) - Date.parse(a.committedAt),
  );
  return { main, branches, branchCount: Math.max(total ?? 0, items.length) };
}

/** Hosts do not call the default branch merged, nor one that does not differ from it. */
function toSnapshot(
  { name, commit, merged }: Branch,
  main: Branch | undefined,
): BranchSnapshot {
  const same = commit.id === main?.commit.id;
  return {
    ...{ name, commit: commit.id },
    committedAt: describeCommit(commit).committedAt,
    ...(typeof merged === 'boolean' && main ? { merged: merged || same } : {}),
  };
}
