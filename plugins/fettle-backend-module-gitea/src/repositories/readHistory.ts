import {
  oddAnswer,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readPages } from '../api/readPages';
import type { RepositoryApi } from '../api/RepositoryApi';
import {
  BRIEF,
  commitSchema,
  committedAtOf,
  describeCommit,
  type Commit,
} from './commits';

/** 2,000 commits. */
const MOST_PAGES = 40;

const commitsSchema = z.array(commitSchema);

/** The newest commits of a branch. */
export interface History {
  head: Commit;
  recent: RepositorySnapshot['recent'];
  /** Ids of the commits that were read, at least those since that time. */
  commits: ReadonlySet<string>;
  since: Date;
  /** Whether all since that time were read. */
  complete: boolean;
}

/** Commits from this one back to a time. */
export async function readHistory(
  repository: RepositoryApi,
  { commit, since }: { commit: string; since: Date },
): Promise<History> {
  const { client, name, host, location } = repository;
  const from = since.toISOString();
  const isRecent = (one: Commit) => (committedAtOf(one) ?? '') >= from;
  const { items, complete } = await readPages({
    mostPages: MOST_PAGES,
    read: paging => {
      const query = { sha: commit, ...BRIEF, ...paging };
      const asked = client.repos.repoGetAllCommits(...name, query);
      return repository.readPage(asked, commitsSchema);
    },
    // Newest first, as far as clocks were right.
    enough: commits => !isRecent(commits.at(-1)!),
  });
  const [head] = items;
  if (!head) {
    throw oddAnswer('no commit where there is one', {
      ...{ host, about: location.remote },
    });
  }
  const recent = items.filter(isRecent);
  const authors = new Set(
    recent.map(one => {
      const { author } = one.commit;
      return (author?.email || describeCommit(one).author).toLowerCase();
    }),
  );
  return {
    head,
    recent: { commits: recent.length, authors: authors.size },
    commits: new Set(items.map(({ sha }) => sha)),
    ...{ since, complete },
  };
}
