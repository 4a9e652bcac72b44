import type { LoggerService } from '@backstage/backend-plugin-api';
import type { CollectQueue } from '../collect/CollectQueue';
import type { FettleStore } from '../store/FettleStore';
import type { WorkEngine } from '../work/WorkEngine';

const COLLECT = 'collect-repository';
/** Taken at a time; more than a replica reads in one interval, less than floods the engine. */
const BATCH = 500;

/**
 * Sees to it that what is due gets read: what the schedule brings, and what a
 * crash or a lost event left over. Runs on durable work, so that every
 * replica takes its share.
 */
export class Sweeper {
  constructor(
    private readonly options: {
      store: FettleStore;
      work: WorkEngine;
      queue: CollectQueue;
      logger: LoggerService;
      clock: () => Date;
      /** A reading that was taken and never ended is due again after this. */
      leaseSeconds: number;
    },
  ) {}

  /** Before the engine runs. */
  register(): void {
    const { work, queue } = this.options;
    work.register({
      id: COLLECT,
      run: async (context, input: { repositoryId: string }) =>
        context.step('collect', async () => {
          await queue.add(input.repositoryId, 'routine');
          return null;
        }),
    });
  }

  /** Starts a reading of everything that is due; returns how many. */
  async sweep(): Promise<number> {
    const { store, work, clock, leaseSeconds } = this.options;
    const now = clock();
    const due = await store.claimDue({
      now,
      leaseUntil: new Date(now.getTime() + leaseSeconds * 1000),
      limit: BATCH,
    });
    for (const repositoryId of due) {
      await work.start(COLLECT, { repositoryId });
    }
    return due.length;
  }
}
