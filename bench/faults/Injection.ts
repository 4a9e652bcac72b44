import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Repository, type Files } from '../measure/Repository';
import type { DemoCi } from './DemoCi';
import { sameFile, type Expected, type Fault } from './Fault';
import { healthyFiles } from './healthyFiles';
import type { Outside } from './Outside';

type Later = (ci: DemoCi, signal: AbortSignal) => Promise<unknown>;

/** Real repositories, what is wrong in them, and what is to come of it. */
export class Injection {
  readonly faults: Fault[] = [];
  readonly expected: Expected[] = [];
  readonly #later: Later[] = [];

  constructor(private readonly root: string, readonly outside: Outside) {}

  /** A repository in which only these files are not right; null where one is missing. */
  async make(
    name: string,
    files: Record<string, string | null>,
    right: Files = {},
  ): Promise<Expected> {
    const all = Object.entries({ ...healthyFiles(name), ...files });
    const there = all.filter((one): one is [string, string] => one[1] !== null);
    const repository = new Repository(this.root, name);
    await repository.create(Object.fromEntries(there));
    const expected: Expected = {
      repository,
      branches: [],
      commits: await repository.commits(),
      files: { ...Object.fromEntries(there), ...right },
    };
    this.expected.push(expected);
    return expected;
  }

  /** What goes wrong only once the portal and the CI run. */
  later(happens: Later): void {
    this.#later.push(happens);
  }

  async begin(ci: DemoCi, signal: AbortSignal): Promise<void> {
    for (const { repository } of this.expected) await ci.run(repository);
    await Promise.all(this.#later.map(one => one(ci, signal)));
  }
}

/** Whether files of its default branch are as they have to be. */
export async function holds(
  repository: Repository,
  right: Files,
): Promise<boolean> {
  const files = await repository.files();
  return Object.entries(right).every(([path, content]) =>
    sameFile(path, files[path], content),
  );
}

/** The branch of a change of Fettle, as soon as there is one; undefined where none comes. */
export async function proposedBranch(
  repository: Repository,
  signal: AbortSignal,
): Promise<string | undefined> {
  const folder = join(repository.folder, 'refs', 'heads', 'fettle');
  while (!signal.aborted) {
    if (existsSync(folder)) {
      const names = [...(await repository.branches()).keys()];
      const own = names.find(name => name.startsWith('fettle/'));
      if (own) return own;
    }
    await pause(100);
  }
  return undefined;
}
