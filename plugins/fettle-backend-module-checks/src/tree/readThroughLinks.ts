import type { RepositoryTree, TreeFile } from 'backstage-plugin-fettle-node';
import { folderOf } from '../paths/baseName';

const MAX_HOPS = 5;

/**
 * Reads a file as hosts show it: a symlink stands for the file that it leads to
 * within the tree. What leads elsewhere, or in circles, stays `not-a-file`.
 *
 * @returns undefined where the path is not in the tree
 */
export async function readThroughLinks(
  tree: RepositoryTree,
  path: string,
): Promise<TreeFile | undefined> {
  let file = (await tree.read([path])).get(path);
  const link = file;
  for (let hop = 0; file?.target !== undefined; hop += 1) {
    const next = hop < MAX_HOPS ? resolved(file.path, file.target) : undefined;
    file = next === undefined ? undefined : (await tree.read([next])).get(next);
  }
  return file ?? link;
}

/** The path that a link names, or undefined where it leads out of the tree. */
function resolved(from: string, target: string): string | undefined {
  if (target.startsWith('/')) return undefined;
  const parts = folderOf(from).split('/').filter(Boolean);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
