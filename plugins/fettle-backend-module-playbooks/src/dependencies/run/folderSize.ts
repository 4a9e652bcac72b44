import { readdir, lstat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of the files of a folder; links are not followed. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await folderSize(path);
    else if (entry.isFile()) bytes += (await lstat(path)).size;
  }
  return bytes;
}
