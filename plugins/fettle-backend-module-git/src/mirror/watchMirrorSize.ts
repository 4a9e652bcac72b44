import { promises as fs } from 'node:fs';
import path from 'node:path';
import { SourceError } from 'backstage-plugin-fettle-node';

const INTERVAL_MS = 500;

/** Stops a fetch that would fill the disk: git itself has no limit for it. */
export function watchMirrorSize(
  mirror: { gitDir: string; remote: string },
  maxBytes: number,
  signal: AbortSignal,
) {
  const controller = new AbortController();
  let problem: SourceError | undefined;
  const timer = setInterval(() => {
    packBytes(mirror.gitDir).then(
      bytes => {
        if (bytes <= maxBytes) return;
        problem = new SourceError(
          'too-large',
          `Cannot read ${mirror.remote}: it is larger than ${maxBytes} bytes.`,
          'Raise fettle.git.maxMirrorMegabytes, or remove large files from its history.',
        );
        controller.abort();
      },
      // The folder changes while it is looked at; the next look counts.
      () => {},
    );
  }, INTERVAL_MS);
  timer.unref();
  return {
    signal: AbortSignal.any([signal, controller.signal]),
    problem: () => problem,
    stop: () => clearInterval(timer),
  };
}

async function packBytes(gitDir: string): Promise<number> {
  const folder = path.join(gitDir, 'objects', 'pack');
  const sizes = await Promise.all(
    (
      await fs.readdir(folder)
    ).map(async name => (await fs.stat(path.join(folder, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
