import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BenchBackend } from '../measure/BenchBackend';
import type { Death } from './Death';

const PATIENCE_MS = 120_000;

/** A backend on a file of SQLite that is killed again and again, and started again. */
export class KilledBackend {
  #backend?: BenchBackend;
  #starts = 0;

  constructor(
    private readonly folder: string,
    private readonly fettle: Record<string, unknown>,
  ) {}

  /** Lines of what steps did. */
  get effects(): string {
    return join(this.folder, 'effects.ndjson');
  }

  get starts(): number {
    return this.#starts;
  }

  async start(death?: Death): Promise<void> {
    this.#starts += 1;
    this.#backend = undefined;
    this.#backend = await BenchBackend.start({
      database: 'killed',
      folder: this.folder,
      fettle: this.fettle,
      entry: join(__dirname, 'dyingPortalProcess.ts'),
      env: {
        CRASHES_EFFECTS: this.effects,
        CRASHES_DEATH: JSON.stringify(death ?? null),
      },
    }).catch(error => {
      // What was left over goes on at once: it may die before it answers.
      if (death && /ended \(SIGKILL\)/.test(error.message)) return undefined;
      throw error;
    });
  }

  /** Undefined where it died of it. */
  async ask(path: string, body?: object): Promise<any> {
    return this.#backend?.ask(path, 'everything', body).catch(error => {
      if (error instanceof TypeError) return undefined;
      throw error;
    });
  }

  async until<T>(what: string, ask: () => Promise<T | undefined | false>) {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const found = await ask();
      if (found) return found;
      await pause(200);
    }
    throw new Error(`It did not come to this in time: ${what}`);
  }

  /**
   * Waits for its death, which no signal of ours is. What it left is left as it
   * is: its claims run out by themselves.
   */
  async died(death: Death): Promise<void> {
    const exited = await Promise.race([
      this.#backend?.exited ?? 'SIGKILL',
      pause(PATIENCE_MS, 'alive', { ref: false }),
    ]);
    if (exited !== 'SIGKILL') {
      throw new Error(`It is ${exited} in place of ${JSON.stringify(death)}`);
    }
  }

  async stop(): Promise<void> {
    await this.#backend?.stop();
  }
}
