import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceEvent, type CdEvent } from './events';
import type { RunRecord } from './Records';

interface Deployed {
  id: string;
  commit: string;
}

/** Remembers what is in service; a deployment that reverts a commit rolls the one before back. */
export class Deployments {
  readonly #file: string;

  constructor(folder: string, private readonly send: (event: CdEvent) => void) {
    this.#file = join(folder, 'deployments.json');
  }

  async deployed({ about }: RunRecord, environment: string): Promise<void> {
    const all: Record<string, Deployed> = existsSync(this.#file)
      ? JSON.parse(readFileSync(this.#file, 'utf8'))
      : {};
    const { repository, commit, committedAt, commitMessage } = about;
    const place = `${repository} ${environment}`;
    const before = all[place];
    const id = `${about.runId}-${about.attempt}`;
    if (before && /^(Revert|Roll back)\b/.test(commitMessage)) {
      const { id: failed, commit: was } = before;
      this.send(
        serviceEvent('rolledback', {
          ...{ id: failed, environment, repository, commit: was },
        }),
      );
    }
    this.send(
      serviceEvent('deployed', {
        ...{ id, environment, repository, commit, committedAt },
      }),
    );
    all[place] = { id, commit };
    writeFileSync(this.#file, JSON.stringify(all));
  }
}
