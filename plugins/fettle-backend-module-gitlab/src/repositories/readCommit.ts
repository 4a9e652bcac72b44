import { SourceError, type CommitReading } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import { commitSchema, describeCommit } from './commits';
import { explainMissing } from './explainMissing';

const MOST_PATHS = 3_000;
const MOST_PAGES = MOST_PATHS / 100;
const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

const diffSchema = z.object({ old_path: z.string(), new_path: z.string() });
const compareSchema = z.object({
  diffs: z.array(diffSchema).nullish(),
  compare_timeout: z.boolean().nullish(),
});

/** One commit, and what differs from another one or from its first parent. */
export async function readCommit(
  project: ProjectApi,
  commit: string,
  { since }: { since?: string },
): Promise<CommitReading> {
  const own = await explainMissing(project, commit, () =>
    project.read(`/repository/commits/${commit}`, commitSchema),
  );
  const other = since !== undefined && since !== own.parent_ids?.[0];
  const touched = other
    ? await compare(project, commit, since)
    : await readOwn(project, commit);
  const paths = [
    ...new Set(touched.diffs.flatMap(diff => [diff.old_path, diff.new_path])),
  ].sort();
  return {
    ...describeCommit(own),
    paths: paths.slice(0, MOST_PATHS),
    ...(own.parent_ids && { parents: own.parent_ids }),
    complete: touched.complete && paths.length <= MOST_PATHS,
  };
}

async function readOwn(project: ProjectApi, commit: string) {
  const path = `/repository/commits/${commit}/diff`;
  const { items, complete } = await project.readAll(path, diffSchema, {
    mostPages: MOST_PAGES,
  });
  return { diffs: items, complete };
}

/** What was rewritten is not there any more, and a new branch has none before. */
async function compare(project: ProjectApi, commit: string, since: string) {
  if (since === commit) return { diffs: [], complete: true };
  try {
    if (COMMIT.test(since)) {
      const query = { from: since, to: commit, straight: true };
      const path = '/repository/compare';
      const found = await project.read(path, compareSchema, query);
      return {
        diffs: found.diffs ?? [],
        complete: !found.compare_timeout,
      };
    }
  } catch (error) {
    const gone = error instanceof SourceError && error.code === 'not-found';
    if (!gone) throw error;
  }
  const own = await readOwn(project, commit);
  return { ...own, complete: false };
}
