import {
  SourceError,
  type HostedEntry,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { readNames } from './readNames';

const MOST_ENTRIES = 500_000;
/** Requests for one listing: GitHub cuts a listing at 100,000 entries or 7 MB. */
const MOST_TREES = 300;

const treeSchema = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().int().optional(),
    }),
  ),
});
type Entry = z.output<typeof treeSchema>['tree'][number];

/** All files of a commit, sorted by path; folder by folder where the host cuts the whole. */
export async function listTree(
  hosts: GithubHosts,
  location: RepositoryLocation,
  commit: string,
  options: { signal: AbortSignal },
): Promise<HostedEntry[]> {
  const listing = new Listing(hosts, location, options.signal);
  await listing.add(commit, '');
  const names = await readNames(hosts, location, {
    ...{ root: commit, entries: listing.entries, signal: options.signal },
  });
  const rows = listing.entries.flatMap(entry => {
    const path = names.get(entry.path) ?? entry.path;
    return entry.type === 'tree' ? [] : [toRow(entry, path, location)];
  });
  return rows.sort(({ path: a }, { path: b }) => (a < b ? -1 : Number(a > b)));
}

class Listing {
  /** Folders too: the names of some of them are asked for. */
  readonly entries: Entry[] = [];
  #asked = 0;

  constructor(
    private readonly hosts: GithubHosts,
    private readonly location: RepositoryLocation,
    private readonly signal: AbortSignal,
  ) {}

  /** Adds what is in a folder, however deep. */
  async add(tree: string, folder: string): Promise<void> {
    const whole = await this.#read(tree, { recursive: '1' });
    if (!whole.truncated) {
      this.#keep(whole.tree, folder);
      return;
    }
    const direct = await this.#read(tree, {});
    // A single folder that is cut cannot be split any further.
    if (direct.truncated) throw this.#tooLarge();
    this.#keep(direct.tree, folder);
    for (const { type, sha, path } of direct.tree) {
      if (type === 'tree') await this.add(sha, `${folder}${path}/`);
    }
  }

  async #read(tree: string, how: { recursive?: string }) {
    this.#asked += 1;
    if (this.#asked > MOST_TREES) throw this.#tooLarge();
    return this.hosts.read(this.location, {
      route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
      parameters: { tree_sha: tree, ...how },
      ...{ schema: treeSchema, signal: this.signal },
    });
  }

  #keep(found: readonly Entry[], folder: string): void {
    for (const entry of found) {
      this.entries.push({ ...entry, path: `${folder}${entry.path}` });
    }
    if (this.entries.length > MOST_ENTRIES) throw this.#tooLarge();
  }

  #tooLarge(): SourceError {
    return new SourceError(
      'too-large',
      `Cannot read ${this.location.remote}: it has more files than GitHub lists in ${MOST_TREES} requests, or more than ${MOST_ENTRIES}.`,
      'Take its host out of fettle.github.hosts to have it read with git, or split the repository.',
    );
  }
}

function toRow(
  { mode, type, sha, size = 0 }: Entry,
  path: string,
  { remote }: RepositoryLocation,
): HostedEntry {
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    throw new SourceError(
      'corrupt',
      `Cannot read ${remote}: its tree names a file outside of the repository.`,
      'Run git fsck on a clone of the repository.',
    );
  }
  const base = { path, objectId: sha, size, executable: mode === '100755' };
  if (type === 'commit') return { ...base, type: 'submodule' };
  return { ...base, type: mode === '120000' ? 'symlink' : 'file' };
}
