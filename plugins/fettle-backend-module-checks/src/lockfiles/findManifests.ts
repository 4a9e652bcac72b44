import type { RepositoryTree } from 'backstage-plugin-fettle-node';
import { baseName, folderOf, joined } from '../paths/baseName';
import { matcher } from '../paths/globs';
import type { Ecosystem, Manifest } from './Ecosystem';
import { ECOSYSTEMS } from './ecosystems';
import { DEFAULT_IGNORE } from './ignored';

/** More manifests than this are not read. */
const MAX_MANIFESTS = 2000;

/** A manifest with the package manager that it is for. */
export interface FoundManifest extends Manifest {
  path: string;
  ecosystem: Ecosystem;
}

/** The manifests of a tree and what lies around them. */
export interface FoundManifests {
  manifests: FoundManifest[];
  /** Manifests that cannot be read, or are beyond the limit. */
  unread: string[];
  /** Whether a file that an ecosystem named is there. */
  present(path: string): boolean;
  text(path: string): string | undefined;
}

const BY_NAME = new Map(
  ECOSYSTEMS.flatMap(one => one.manifests.map(name => [name, one] as const)),
);
const NAMES = new Set(
  ECOSYSTEMS.flatMap(one => [
    ...one.manifests,
    ...one.lockfiles.map(baseName),
    ...(one.workspaceFiles ?? []),
    ...(one.signs ?? []).map(baseName),
  ]),
);
const WORKSPACE_FILES = new Set(
  ECOSYSTEMS.flatMap(e => e.workspaceFiles ?? []),
);

/** Goes over the tree once and reads its manifests. */
export async function findManifests(
  tree: RepositoryTree,
): Promise<FoundManifests> {
  const present = new Set<string>();
  const wanted: string[] = [];
  for (const { path, type } of await tree.list()) {
    const name = baseName(path);
    if (path.includes('node_modules/')) continue;
    if (name.endsWith('.gemspec'))
      present.add(joined(folderOf(path), '*.gemspec'));
    if (path.endsWith('.rs') && path.includes('src/bin/')) {
      present.add(path.slice(0, path.lastIndexOf('src/bin/') + 7));
    }
    if (!NAMES.has(name) || type === 'submodule') continue;
    present.add(path);
    const reads = BY_NAME.has(name) || WORKSPACE_FILES.has(name);
    if (reads && type === 'file') wanted.push(path);
  }
  // Those that count first, so that the limit takes samples before products.
  const ignored = matcher(DEFAULT_IGNORE);
  const [samples, own] = [
    wanted.filter(ignored),
    wanted.filter(p => !ignored(p)),
  ];
  const ordered = [...own, ...samples];
  const files = await tree.read(ordered.slice(0, MAX_MANIFESTS));
  const found: FoundManifests = {
    manifests: [],
    unread: [],
    present: path => present.has(path),
    text: path => files.get(path)?.text,
  };
  for (const path of ordered) {
    const ecosystem = BY_NAME.get(baseName(path));
    if (!ecosystem) continue;
    const text = found.text(path);
    if (text === undefined) {
      found.unread.push(path);
      continue;
    }
    const folder = folderOf(path);
    const has = (name: string) => present.has(joined(folder, name));
    found.manifests.push({ path, folder, text, ecosystem, has });
  }
  return found;
}
