import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type { ConfiguredRepository } from '../config/GitConfig';
import type { KnownAddresses } from '../locate/KnownAddresses';
import type { LocalFolders } from '../locate/LocalFolders';
import { isGone, messageOf } from '../errors';

/** How deep repositories are looked for in a configured folder. */
const LEVELS = 2;

/** Something of config that could not be found. */
export interface Problem {
  where: string;
  message: string;
  action: string;
}

/** The repositories that config names, and what of it could not be found. */
export async function discoverRepositories(
  configured: readonly ConfiguredRepository[],
  known: { addresses: KnownAddresses; folders: LocalFolders },
  signal: AbortSignal,
): Promise<{ repositories: RepositoryLocation[]; problems: Problem[] }> {
  const repositories = new Map<string, RepositoryLocation>();
  const problems: Problem[] = [];

  for (const entry of configured) {
    signal.throwIfAborted();
    if ('address' in entry) {
      const location = known.addresses.toLocation(entry.address);
      repositories.set(location.remote, location);
      continue;
    }
    const found = await searchFolder(entry, known.folders, signal);
    problems.push(...found.problems);
    for (const folder of found.folders) {
      const location = known.folders.toLocation(folder);
      repositories.set(location.remote, location);
    }
  }
  return { repositories: [...repositories.values()], problems };
}

async function searchFolder(
  entry: { where: string; folder: string },
  folders: LocalFolders,
  signal: AbortSignal,
): Promise<{ folders: string[]; problems: Problem[] }> {
  const found: string[] = [];
  const problems: Problem[] = [];
  const report = (message: string, action: string) =>
    problems.push({ where: entry.where, message, action });

  const search = async (folder: string, levels: number): Promise<void> => {
    signal.throwIfAborted();
    try {
      if (folders.findIn(folder)) {
        found.push(folder);
        return;
      }
      if (levels === 0) return;
      const children = await fs.readdir(folder, { withFileTypes: true });
      for (const child of children.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const childFolder = path.join(folder, child.name);
        if (child.name.startsWith('.')) continue;
        if (child.isDirectory() || child.isSymbolicLink()) {
          await visit(childFolder, levels - 1);
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      const missing = isGone(error);
      report(
        `${folder} ${
          missing ? 'does not exist' : `cannot be read: ${messageOf(error)}`
        }.`,
        missing
          ? 'Create or mount the folder, or correct the path.'
          : 'Let the user that runs the portal read the folder.',
      );
    }
  };

  const visit = async (folder: string, levels: number) => {
    if (!folders.allows(folder)) {
      report(
        `${folder} is a link to a folder outside of the configured ones.`,
        'Name its target in fettle.git.repositories.',
      );
      return;
    }
    const isFolder = await fs.stat(folder).then(
      stats => stats.isDirectory(),
      () => false,
    );
    if (isFolder) await search(folder, levels);
  };

  await search(entry.folder, LEVELS);
  const twins = found.filter(folder => found.includes(`${folder}.git`));
  for (const folder of twins) {
    report(
      `${folder} and ${folder}.git are two repositories with one name; only the first is read.`,
      'Rename one of the two folders.',
    );
  }
  if (found.length === 0 && problems.length === 0) {
    report(
      `${entry.folder} is not a repository and holds none.`,
      'Correct the path, or put a repository there.',
    );
  }
  return { folders: found, problems };
}
