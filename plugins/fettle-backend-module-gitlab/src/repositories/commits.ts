import { z } from 'zod';
import { timeOf } from '../times';

/** A commit, in lists, of branches and by itself. */
export const commitSchema = z.object({
  id: z.string(),
  message: z.string().nullish(),
  author_name: z.string().nullish(),
  author_email: z.string().nullish(),
  committed_date: z.string().nullish(),
  parent_ids: z.array(z.string()).nullish(),
});
export type Commit = z.output<typeof commitSchema>;

/** What people see of a commit. The host's own title is cut. */
export function describeCommit(commit: Commit) {
  const [subject] = (commit.message ?? '').split('\n');
  return {
    committedAt: timeOf(commit.committed_date) ?? new Date(0).toISOString(),
    author: commit.author_name ?? '',
    subject: [...subject].slice(0, 200).join(''),
  };
}
