import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { WorkEngine } from '../work/WorkEngine';
import type { Remediator } from './Remediator';

const REMEDIATE = 'remediate';
const BATCH = 500;
/** What is due within this is waited for in this process. */
const SOON_MS = 60_000;

/**
 * Sees to it that what is due goes on: at once in this process where it can,
 * and by durable work, of which each replica takes its share, for what a crash
 * or a stop left over.
 */
export class DueRunner {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #isStopped = false;

  constructor(
    private readonly options: {
      store: DatabaseRemediationStore;
      work: WorkEngine;
      remediator: Remediator;
      clock: () => Date;
      logger: LoggerService;
    },
  ) {}

  /** Before the engine runs. */
  register(): void {
    const { work, remediator } = this.options;
    work.register({
      id: REMEDIATE,
      run: async (context, { id }: { id: string }) =>
        context.step('advance', async () => {
          await remediator.drive(id);
          return null;
        }),
    });
  }

  async sweep(): Promise<void> {
    const { store, work, clock } = this.options;
    const now = clock();
    const minute = Math.floor(now.getTime() / 60_000);
    for (const { id, fence } of await store.due({ now, limit: BATCH })) {
      // Two replicas that see the same one start one run.
      const key = `${id}:${fence}:${minute}`;
      await work.start(REMEDIATE, { id }, { key });
    }
  }

  /** One that is due soon is not left to the next sweep. */
  onDue(id: string, dueAt: string | null): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    if (dueAt === null || this.#isStopped) return;
    const { remediator, clock, logger } = this.options;
    const ms = Date.parse(dueAt) - clock().getTime();
    if (ms <= 0 || ms > SOON_MS) return;
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      remediator
        .drive(id)
        .catch(error => logger.warn(`A remediation goes on later: ${error}`));
    }, ms + 1);
    timer.unref();
    this.#timers.set(id, timer);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
