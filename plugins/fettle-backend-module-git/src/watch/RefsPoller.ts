import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { GitFolders } from '../locate/LocalFolders';

const INTERVAL_MS = 1_000;

/** Looks at the refs in turn, where the system cannot tell of changes. */
export class RefsPoller {
  private last: string | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly folders: GitFolders,
    private readonly onChange: () => void,
  ) {
    this.timer = setInterval(() => void this.look(), INTERVAL_MS);
    this.timer.unref();
    void this.look();
  }

  close() {
    clearInterval(this.timer);
  }

  async look(): Promise<void> {
    const { gitDir, commonDir } = this.folders;
    const stamps = [
      await stamp(path.join(gitDir, 'HEAD')),
      await stamp(path.join(commonDir, 'packed-refs')),
      ...(await stampsBelow(path.join(commonDir, 'refs', 'heads'))),
      ...(await stampsBelow(path.join(commonDir, 'reftable'))),
    ].join('\n');
    const changed = this.last !== undefined && this.last !== stamps;
    this.last = stamps;
    if (changed) this.onChange();
  }
}

async function stampsBelow(folder: string): Promise<string[]> {
  let entries;
  try {
    entries = await fs.readdir(folder, {
      withFileTypes: true,
      recursive: true,
    });
  } catch {
    // Gone, or not readable: that it is so is the stamp.
    return ['-'];
  }
  return Promise.all(
    entries
      .map(entry => path.join(entry.parentPath, entry.name))
      .sort()
      .map(stamp),
  );
}

async function stamp(file: string): Promise<string> {
  try {
    const { mtimeMs, ino, size } = await fs.stat(file);
    return `${file} ${mtimeMs} ${ino} ${size}`;
  } catch {
    return `${file} -`;
  }
}
