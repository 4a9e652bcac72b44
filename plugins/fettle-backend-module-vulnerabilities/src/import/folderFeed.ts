import { SourceError } from 'backstage-plugin-fettle-node';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Import } from './Import';
import { importFiles } from './importFiles';
import { importZip } from './importZip';

/**
 * Looks at `<folder>/all.zip` and `<folder>/*.json`, and imports what changed
 * since it looked last.
 */
export async function importFolder(folder: string, run: Import): Promise<void> {
  const zip = join(folder, 'all.zip');
  const [inFolder, inZip] = await Promise.all([
    statOrUndefined(folder),
    statOrUndefined(zip),
  ]);
  if (!inFolder?.isDirectory()) {
    throw new SourceError(
      'not-found',
      `There is no folder ${folder}`,
      'Make it, or correct `from` and `ecosystem` in fettle.vulnerabilities.feeds',
    );
  }
  const files = await importFiles({ ...run, folder });
  if (files.changed) await run.noteProgress();
  if (!inZip && files.files === 0) {
    throw new SourceError(
      'not-found',
      `${folder} holds neither all.zip nor records`,
      "Put an ecosystem's all.zip from osv.dev there",
    );
  }
  if (!inZip) return;
  const stamp = `${inZip.mtimeMs}:${inZip.size}:${inZip.ino}`;
  // A record whose own file is gone may still be in the dump.
  if (run.seen.zip === stamp && !files.gone) return;
  await run.noteStart();
  const { bytes } = await importZip({ ...run, path: zip, from: zip });
  await run.noteProgress({ bytes, seen: { zip: stamp }, whole: true });
}

async function statOrUndefined(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
