import {
  SourceError,
  type CommitReading,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { timeOf } from '../reports';
import { explainMissing } from './explainMissing';

const PER_PAGE = 300;
/** 3,000 files: what the contract takes, and what GitHub gives of one commit. */
const MOST_PAGES = 10;
/** GitHub gives no more files of a comparison. */
const MOST_COMPARED = 300;

const filesSchema = z.array(
  z.object({ filename: z.string(), previous_filename: z.string().optional() }),
);
const commitSchema = z.object({
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.string().optional() }).nullish(),
    committer: z.object({ date: z.string().optional() }).nullish(),
  }),
  parents: z.array(z.object({ sha: z.string() })),
  files: filesSchema.optional(),
});
const comparisonSchema = z.object({
  status: z.string(),
  files: filesSchema.optional(),
});

/** One commit, and what differs since another one or its first parent. */
export async function readCommit(
  hosts: GithubHosts,
  location: RepositoryLocation,
  commit: string,
  options: { signal: AbortSignal; since?: string },
): Promise<CommitReading> {
  const { signal, since } = options;
  const read = (page: number) =>
    hosts.read(location, {
      route: 'GET /repos/{owner}/{repo}/commits/{ref}',
      parameters: { ref: commit, per_page: PER_PAGE, page },
      ...{ schema: commitSchema, signal },
    });
  const first = await explainMissing(hosts, location, commit, options, () =>
    read(1),
  );
  const compared =
    since !== undefined && since !== first.parents[0]?.sha
      ? await compare(hosts, location, { commit, since, signal })
      : undefined;
  const own = compared ?? (await ownPaths(first.files ?? [], read));
  const { paths } = own;
  // Not compared: the commit's own files are a part of what was asked for.
  const complete = own.complete && compared !== null;
  const { author, committer, message } = first.commit;
  return {
    subject: [...message.split('\n')[0]].slice(0, 200).join(''),
    author: author?.name ?? '',
    committedAt: timeOf(committer?.date) ?? new Date(0).toISOString(),
    paths,
    parents: first.parents.map(({ sha }) => sha),
    complete,
  };
}

async function ownPaths(
  first: z.output<typeof filesSchema>,
  read: (page: number) => Promise<z.output<typeof commitSchema>>,
) {
  const files = [...first];
  let last = first.length;
  for (let page = 2; last === PER_PAGE && page <= MOST_PAGES; page++) {
    const next = (await read(page)).files ?? [];
    files.push(...next);
    last = next.length;
  }
  return { paths: pathsOf(files), complete: last < PER_PAGE };
}

async function compare(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: { commit: string; since: string; signal: AbortSignal },
) {
  const { commit, since, signal } = options;
  try {
    const { status, files = [] } = await hosts.read(location, {
      route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      parameters: { basehead: `${since}...${commit}`, per_page: 1 },
      ...{ schema: comparisonSchema, signal },
    });
    // Where the one does not lead to the other, GitHub compares with what they share.
    const straight = status === 'ahead' || status === 'identical';
    const complete = straight && files.length < MOST_COMPARED;
    return { paths: pathsOf(files), complete };
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'not-found') {
      throw error;
    }
    // What was rewritten is not there any more, and a new branch has none before.
    return null;
  }
}

function pathsOf(files: z.output<typeof filesSchema>): string[] {
  const paths = new Set<string>();
  for (const { filename, previous_filename: before } of files) {
    paths.add(filename);
    if (before) paths.add(before);
  }
  return [...paths].sort().slice(0, 3_000);
}
