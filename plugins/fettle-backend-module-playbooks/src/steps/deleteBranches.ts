import {
  SourceError,
  type BranchSnapshot,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import picomatch from 'picomatch';
import { z } from 'zod';

const DAY_MS = 24 * 60 * 60 * 1000;

const parameters = z.strictObject({
  mergedAfterDays: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(7)
    .describe(
      'Days after its last commit for a branch that the default branch contains; null keeps them.',
    ),
  staleAfterDays: z
    .number()
    .int()
    .min(30)
    .nullable()
    .default(null)
    .describe(
      'Days after its last commit for a branch with commits that are nowhere else; null keeps them. A branch that is restored has them again.',
    ),
  keep: z
    .array(z.string().min(1).max(200))
    .max(100)
    .default([
      'release/**',
      'release-*',
      'hotfix/**',
      'gh-pages',
      'dependabot/**',
    ])
    .describe(
      'Branches that are never deleted, as globs. The default branch and those of Fettle never are.',
    ),
  most: z
    .number()
    .int()
    .min(1)
    .max(500)
    .default(50)
    .describe('Branches that one remediation deletes, the oldest first.'),
});

const inputSchema = z.object({ name: z.string(), commit: z.string() });

export const deleteBranches: PlaybookStep<z.output<typeof parameters>> = {
  id: 'delete-branches',
  title: 'Delete branches',
  description:
    'Deletes branches that are merged or that nobody has changed for long. Each is deleted only if it is still at the commit that was planned, and can be set back to it.',
  parameters,
  ...{ destructive: true, idempotent: true, reversible: true },
  async plan({ parameters: given, snapshot, host, repository, signal, now }) {
    const isKept = picomatch([...given.keep], { dot: true });
    const due = snapshot.branches
      .filter(({ name }) => name !== snapshot.defaultBranch)
      .filter(({ name }) => !name.startsWith('fettle/') && !isKept(name))
      .filter(branch => isDue(branch, given, now))
      .sort(
        (a, b) =>
          Date.parse(a.committedAt) - Date.parse(b.committedAt) ||
          (a.name < b.name ? -1 : 1),
      );
    if (snapshot.defaultBranch === null || due.length === 0) {
      return { notes: ['No branch is to be deleted.'] };
    }
    if (!host.keeper?.deleteBranch) {
      return {
        obstacles: [
          {
            code: 'not-supported',
            message: `Branches of ${repository.remote} cannot be deleted by Fettle.`,
            action: 'Add the module of its host.',
          },
        ],
      };
    }
    const obstacles = await host.keeper.check(repository, {
      ...{ signal, what: 'branches' },
    });
    const left = due.length - given.most;
    return {
      obstacles,
      actions: due.slice(0, given.most).map(({ name, commit, ...branch }) => ({
        summary: `Delete the branch ${name}, which is ${
          branch.merged ? 'merged' : 'stale'
        }`,
        before: { commit, committedAt: branch.committedAt },
        after: null,
        input: { name, commit },
      })),
      notes: left > 0 ? [`${left} more are left for later.`] : [],
    };
  },
  async apply({ input, host, repository, signal }) {
    const branch = inputSchema.parse(input);
    if (!host.keeper?.deleteBranch) throw gone(repository.remote);
    await host.keeper.deleteBranch(repository, branch, { signal });
    const message = `Deleted ${branch.name}, which was at ${branch.commit}.`;
    return { state: 'done', message, output: branch };
  },
  async rollback({ input, host, repository, signal }) {
    if (!host.keeper?.restoreBranch) throw gone(repository.remote);
    const branch = inputSchema.parse(input);
    await host.keeper.restoreBranch(repository, branch, { signal });
  },
};

function isDue(
  { merged, committedAt }: BranchSnapshot,
  given: z.output<typeof parameters>,
  now: Date,
): boolean {
  const age = (now.getTime() - Date.parse(committedAt)) / DAY_MS;
  const least = merged ? given.mergedAfterDays : given.staleAfterDays;
  // Whether it is merged is not known of every branch: those are kept.
  return merged !== undefined && least !== null && age >= least;
}

function gone(remote: string): SourceError {
  return new SourceError(
    'failed',
    `Branches of ${remote} cannot be changed by Fettle any more.`,
    'Add the module of its host.',
  );
}
