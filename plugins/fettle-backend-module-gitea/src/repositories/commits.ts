import { z } from 'zod';
import { timeOf } from '../times';

const who = z.object({
  name: z.string().nullish(),
  email: z.string().nullish(),
  date: z.string().nullish(),
});

/** A commit, in lists and by itself. */
export const commitSchema = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string().nullish(),
    author: who.nullish(),
    committer: who.nullish(),
  }),
  parents: z.array(z.object({ sha: z.string() })).nullish(),
  files: z.array(z.object({ filename: z.string() })).nullish(),
});
export type Commit = z.output<typeof commitSchema>;

/** What is left out of an answer that needs none of it: it takes the host its time. */
export const BRIEF = { stat: false, verification: false, files: false };

/** What people see of a commit. */
export function describeCommit({ commit }: Commit) {
  const { author, message } = commit;
  return {
    committedAt: committedAtOf({ commit }) ?? new Date(0).toISOString(),
    author: author?.name ?? '',
    subject: [...(message ?? '').split('\n')[0]].slice(0, 200).join(''),
  };
}

export function committedAtOf({
  commit: { committer },
}: Pick<Commit, 'commit'>): string | undefined {
  return timeOf(committer?.date);
}
