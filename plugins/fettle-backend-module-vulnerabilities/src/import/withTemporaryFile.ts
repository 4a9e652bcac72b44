import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a path for a file that is gone afterwards. */
export async function withTemporaryFile<T>(
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-advisories-'));
  try {
    return await use(join(folder, 'download'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
