import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { FettleConfig } from './config/FettleConfig';
import type { Registry } from './registry/Registry';
import { ReleaseKeeper } from './releases/ReleaseKeeper';
import type { ReleaseStore } from './store/releases/ReleaseStore';

/** Asks registries for the newest versions of packages, where a module knows one. */
export async function startReleases(services: {
  clock: () => Date;
  config: FettleConfig;
  lifecycle: LifecycleService;
  logger: LoggerService;
  registry: Registry;
  releases: ReleaseStore;
  scheduler: SchedulerService;
}): Promise<void> {
  const { config, lifecycle, scheduler, ...rest } = services;
  if (rest.registry.releases.size === 0) return;
  const keeper = new ReleaseKeeper({
    ...rest,
    atOnce: config.releasesPerMinute,
    everySeconds: config.releasesEverySeconds,
  });
  const stopping = new AbortController();
  lifecycle.addShutdownHook(() => stopping.abort());
  await scheduler.scheduleTask({
    id: 'fettle-releases',
    frequency: { minutes: 1 },
    timeout: { minutes: 10 },
    fn: signal => keeper.run(AbortSignal.any([signal, stopping.signal])),
  });
}
