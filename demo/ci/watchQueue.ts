import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';

/** A branch that was pushed. */
export interface Push {
  folder: string;
  branch: string;
  commit: string;
  before?: string;
}

const COMMIT = /^[0-9a-f]{40,64}$/;

/** Hands over the notes that hooks left, one after the other; returns how to stop. */
export function watchQueue(options: {
  queue: string;
  repositories: string;
  onPush: (push: Push) => Promise<unknown>;
}): () => void {
  const { queue, repositories, onPush } = options;
  mkdirSync(queue, { recursive: true });
  let reading = Promise.resolve();
  const read = () => {
    reading = reading.then(async () => {
      for (const name of readdirSync(queue).sort()) {
        if (!name.endsWith('.push')) continue;
        const file = join(queue, name);
        const push = parse(readFileSync(file, 'utf8'), repositories);
        rmSync(file, { force: true });
        if (push) await onPush(push).catch(error => console.error(error));
      }
    });
  };
  const watcher = watch(queue, read);
  // Where the system does not tell of changes.
  const timer = setInterval(read, 2_000);
  read();
  return () => {
    watcher.close();
    clearInterval(timer);
  };
}

function parse(note: string, repositories: string): Push | undefined {
  const [folder, branch, commit, before] = note.split('\n');
  const inside = resolve(folder).startsWith(resolve(repositories) + sep);
  // A deleted branch has no commit to run.
  if (!inside || !existsSync(folder) || /^0+$/.test(commit)) return undefined;
  if (!COMMIT.test(commit)) return undefined;
  return {
    ...{ folder: resolve(folder), branch, commit },
    before: COMMIT.test(before) && !/^0+$/.test(before) ? before : undefined,
  };
}
