import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CollectQueue } from '../collect/CollectQueue';
import type { FettleConfig } from '../config/FettleConfig';
import type { Discoverer } from '../discover/Discoverer';
import type { RepositoryWatcher } from '../discover/RepositoryWatcher';
import type { LivePublisher } from '../live/LivePublisher';
import { FLEET_SCOPE } from 'backstage-plugin-fettle-common';
import type { FettleStore } from '../store/FettleStore';
import type { WorkEngine } from '../work/WorkEngine';
import type { Sweeper } from './Sweeper';

const SWEEP = { seconds: 10 };
/** A young portal looks often: its catalog is still loading. Seconds after the start. */
const FIRST_ROUNDS = [0, 1, 2, 3, 5, 8, 13, 21];
const KEEP_RUNS_MS = 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Starts everything that happens by itself. */
export async function scheduleTasks(options: {
  scheduler: SchedulerService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  config: FettleConfig;
  store: FettleStore;
  work: WorkEngine;
  queue: CollectQueue;
  discoverer: Discoverer;
  watcher: RepositoryWatcher;
  sweeper: Sweeper;
  /** After each round of discovery. */
  onDiscovered: () => Promise<void>;
  live: LivePublisher;
  clock: () => Date;
}): Promise<void> {
  const { scheduler, lifecycle, logger, config, store, work, clock } = options;
  const { discoverer, watcher, sweeper, live } = options;
  const stopping = new AbortController();

  const discover = async (signal: AbortSignal) => {
    const { revision, added, changed } = await discoverer.discover(signal);
    if (revision !== null) live.hint(FLEET_SCOPE, revision);
    await watcher.update();
    if (added.length || changed.length) await sweeper.sweep();
    await options.onDiscovered();
  };

  await scheduler.scheduleTask({
    id: 'fettle-discover',
    frequency: { seconds: config.discoverEverySeconds },
    timeout: { minutes: 5 },
    initialDelay: { seconds: FIRST_ROUNDS[FIRST_ROUNDS.length - 1] },
    fn: signal => discover(AbortSignal.any([signal, stopping.signal])),
  });
  await scheduler.scheduleTask({
    id: 'fettle-watch',
    scope: 'local',
    frequency: { seconds: config.discoverEverySeconds },
    timeout: { minutes: 5 },
    fn: () => watcher.update(),
  });
  await scheduler.scheduleTask({
    id: 'fettle-sweep',
    frequency: SWEEP,
    timeout: { minutes: 5 },
    fn: async () => {
      await sweeper.sweep();
    },
  });
  await scheduler.scheduleTask({
    id: 'fettle-prune',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    fn: async () => {
      const now = clock().getTime();
      await store.prune(new Date(now - config.keepDays * DAY_MS));
      await work.prune(new Date(now - KEEP_RUNS_MS));
    },
  });

  lifecycle.addStartupHook(() => {
    live.start();
    for (const seconds of FIRST_ROUNDS) {
      setTimeout(() => {
        if (stopping.signal.aborted) return;
        discover(stopping.signal).catch(error =>
          logger.warn(`Discovery failed and is tried again: ${error}`),
        );
      }, seconds * 1000).unref();
    }
  });
  lifecycle.addShutdownHook(async () => {
    stopping.abort();
    live.stop();
    await watcher.close();
    await options.queue.stop();
    await work.stop(5);
  });
}
