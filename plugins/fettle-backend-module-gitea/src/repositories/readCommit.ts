import { SourceError, type CommitReading } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readPages } from '../api/readPages';
import type { RepositoryApi } from '../api/RepositoryApi';
import { BRIEF, commitSchema, describeCommit, type Commit } from './commits';
import { explainMissing } from './explainMissing';

const MOST_PATHS = 3_000;
/** 1,000 commits. */
const MOST_PAGES = 20;
const WITH_FILES = { ...BRIEF, files: true };

const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

const commitsSchema = z.array(commitSchema);

/** One commit, and what was touched since another one or its first parent. */
export async function readCommit(
  repository: RepositoryApi,
  commit: string,
  { since }: { since?: string },
): Promise<CommitReading> {
  const { client, name } = repository;
  const own = await explainMissing(repository, commit, () => {
    const asked = client.repos.repoGetSingleCommit(...name, commit, WITH_FILES);
    return repository.read(asked, commitSchema);
  });
  const other = since !== undefined && since !== own.parents?.[0]?.sha;
  const touched = other
    ? await readSince(repository, own, since)
    : { commits: [own], complete: true };
  const paths = pathsOf(touched.commits);
  return {
    ...describeCommit(own),
    paths: paths.slice(0, MOST_PATHS),
    ...(own.parents && { parents: own.parents.map(({ sha }) => sha) }),
    complete: touched.complete && paths.length <= MOST_PATHS,
  };
}

/** All commits after `since`; incomplete where it does not lead to this one. */
async function readSince(
  repository: RepositoryApi,
  own: Commit,
  since: string,
): Promise<{ commits: Commit[]; complete: boolean }> {
  if (since === own.sha) return { commits: [], complete: true };
  // What was rewritten is not there any more, and a new branch has none before.
  const there = COMMIT.test(since) && (await isThere(repository, since));
  if (!there) return { commits: [own], complete: false };
  const { client, name } = repository;
  const { items, complete } = await readPages({
    mostPages: MOST_PAGES,
    read: paging => {
      const query = { sha: own.sha, not: since, ...WITH_FILES, ...paging };
      const asked = client.repos.repoGetAllCommits(...name, query);
      return repository.readPage(asked, commitsSchema);
    },
  });
  const leads = items.some(
    ({ parents }) => parents?.some(({ sha }) => sha === since) ?? false,
  );
  return { commits: items, complete: complete && leads };
}

async function isThere(
  repository: RepositoryApi,
  commit: string,
): Promise<boolean> {
  const { client, name } = repository;
  try {
    await client.repos.repoGetSingleCommit(...name, commit, BRIEF);
    return true;
  } catch (error) {
    const gone =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'invalid');
    if (!gone) throw error;
    return false;
  }
}

function pathsOf(commits: readonly Commit[]): string[] {
  const files = commits.flatMap(({ files: some }) => some ?? []);
  return [...new Set(files.map(({ filename }) => filename))].sort();
}
