import { promises as fs } from 'node:fs';
import path from 'node:path';
import { isGone } from '../errors';

/**
 * Removes what a fetch that was killed leaves in a mirror: lock files, which
 * would stop every later fetch, and halves of packs. Called by whoever holds
 * the mirror's lock.
 */
export async function clearAbandonedLocks(gitDir: string): Promise<void> {
  await Promise.all([
    clear(gitDir, false, name => name.endsWith('.lock') || name === 'gc.pid'),
    clear(path.join(gitDir, 'refs'), true, name => name.endsWith('.lock')),
    clear(path.join(gitDir, 'objects', 'pack'), false, name =>
      name.startsWith('tmp_'),
    ),
    clear(path.join(gitDir, 'objects', 'info'), true, name =>
      name.endsWith('.lock'),
    ),
  ]);
}

async function clear(
  folder: string,
  recursive: boolean,
  isLeftOver: (name: string) => boolean,
) {
  let entries;
  try {
    entries = await fs.readdir(folder, { withFileTypes: true, recursive });
  } catch (error) {
    if (isGone(error)) return;
    throw error;
  }
  for (const entry of entries) {
    if (entry.isFile() && isLeftOver(entry.name)) {
      await fs.rm(path.join(entry.parentPath, entry.name), { force: true });
    }
  }
}
