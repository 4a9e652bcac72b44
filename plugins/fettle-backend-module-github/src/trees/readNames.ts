import {
  decodeName,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { queryRepository } from '../api/queryRepository';

/** What stands in JSON for bytes that are not UTF-8. */
const LOST = '\uFFFD';
/** More folders with such names keep them as they are. */
const MOST_FOLDERS = 50;

const QUERY = `
  query ($owner: String!, $repo: String!, $tree: String!) {
    repository(owner: $owner, name: $repo) {
      object(expression: $tree) {
        ... on Tree { entries { nameRaw oid } }
      }
    }
  }
`;

const schema = z.object({
  object: z
    .object({
      entries: z
        .array(z.object({ nameRaw: z.string(), oid: z.string() }))
        .nullish(),
    })
    .nullable(),
});

interface Named {
  path: string;
  type: string;
  sha: string;
}

/**
 * The true names of files whose names are not UTF-8, by the names that REST
 * gives them: GraphQL knows names as bytes. For nearly every repository there
 * is nothing to ask.
 */
export async function readNames(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: { root: string; entries: readonly Named[]; signal: AbortSignal },
): Promise<Map<string, string>> {
  const { root, entries, signal } = options;
  const names = new Map<string, string>();
  const odd = entries.filter(({ path }) => path.includes(LOST));
  if (odd.length === 0) return names;

  const trees = new Map(
    entries
      .filter(({ type }) => type === 'tree')
      .map(({ path, sha }) => [path, sha]),
  );
  // Folders in which a name is lost, those further up first.
  const folders = new Set(
    odd
      .filter(({ path }) => nameOf(path).includes(LOST))
      .map(each => folderOf(each.path)),
  );
  for (const folder of [...folders].sort().slice(0, MOST_FOLDERS)) {
    const tree = folder === '' ? `${root}^{tree}` : trees.get(folder);
    if (tree === undefined) continue;
    const { object } = await queryRepository(hosts, location, {
      ...{ query: QUERY, variables: { tree }, schema, signal },
    });
    for (const { nameRaw, oid } of object?.entries ?? []) {
      const bytes = Buffer.from(nameRaw, 'base64');
      const shown = join(folder, bytes.toString());
      const same = odd.find(
        ({ path, sha }) => path === shown && sha === oid && !names.has(path),
      );
      if (same) names.set(shown, decodeName(bytes));
    }
  }
  return new Map(odd.map(({ path }) => [path, wholePath(path, names)]));
}

/** Folder by folder, each by its true name. */
function wholePath(path: string, names: ReadonlyMap<string, string>): string {
  const parts = path.split('/');
  return parts
    .map((part, i) => names.get(parts.slice(0, i + 1).join('/')) ?? part)
    .join('/');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
