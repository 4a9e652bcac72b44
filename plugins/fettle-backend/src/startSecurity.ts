import type {
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { RepositorySnapshot } from 'backstage-plugin-fettle-node';
import { AlertReader } from './alerts/AlertReader';
import { CollectQueue } from './collect/CollectQueue';
import type { FettleConfig } from './config/FettleConfig';
import type { LivePublisher } from './live/LivePublisher';
import { Matching } from './match/Matching';
import type { Registry } from './registry/Registry';
import type { RouteServices } from './routes/Route';
import { HistoryScanner } from './scan/HistoryScanner';
import { RepositoryScanner } from './scan/RepositoryScanner';
import { ScanPool } from './scan/ScanPool';
import { ScanRecords } from './scan/ScanRecords';
import { ScanOverview } from './scan/ScanOverview';
import { SimilarNames } from './similar/SimilarNames';
import { ThreatWatcher } from './threats/ThreatWatcher';
import type { DatabaseFettleStore } from './store/DatabaseFettleStore';
import type { SecurityStore } from './store/security/SecurityStore';

const LEARNED_EVERY = { seconds: 15 };
const EXCEPTIONS_EVERY = { seconds: 15 };
/** Each is a few requests to a host, inside its budget. */
const ALERTS_AT_A_TIME = 2;
/** Someone waits for the answer. */
const MATCH_MS = 30_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts together what scans repositories, matches their components and follows findings. */
export async function startSecurity(services: {
  clock: () => Date;
  config: FettleConfig;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  /** Findings or components of a repository changed. */
  onFindings: (repositoryId: string) => void;
  registry: Registry;
  scheduler: SchedulerService;
  security: SecurityStore;
  store: DatabaseFettleStore;
}): Promise<
  Pick<RouteServices, 'security' | 'scanOverview' | 'findingsChanged'> & {
    /** A repository was read. */
    onRead: (repositoryId: string, snapshot?: RepositorySnapshot) => void;
    /** Matches the components of a repository now. Gives the titles of the matchers that failed. */
    match: (repositoryId: string) => Promise<string[]>;
  }
> {
  const { clock, config, live, logger, registry, scheduler, security, store } =
    services;
  const onChange = (repositoryId: string, revision: number) => {
    live.findingsChanged(repositoryId, revision);
    services.onFindings(repositoryId);
  };
  const publications = store.openPublications({ clock });
  if ([...registry.scanners.values()].some(one => one.publishes)) {
    registry.addComponentMatcher(new SimilarNames(publications));
  }
  const matching = new Matching({
    ...{ security, logger, clock, onChange },
    matchers: registry.matchers,
  });
  const pool = new ScanPool({
    processes: config.scanConcurrency,
    timeoutMs: config.scanTimeoutSeconds * 1000,
    memoryMiB: config.scanMemoryMiB,
  });
  const records = new ScanRecords({
    ...{ security, registry, logger, clock, onChange },
  });
  const history = new HistoryScanner({
    ...{ store, security, registry, records, pool },
    timeoutSeconds: config.scanHistoryTimeoutSeconds,
  });
  // One at a time: the first of a repository may take minutes.
  const histories = new CollectQueue(
    (id, signal) => history.scan(id, signal),
    1,
  );
  const alerts = new AlertReader({
    ...{ store, security, registry, records, clock },
    timeoutSeconds: config.collectTimeoutSeconds,
  });
  const alertQueue = new CollectQueue(
    (id, signal) => alerts.read(id, signal),
    ALERTS_AT_A_TIME,
  );
  const watcher = new ThreatWatcher({
    ...{ store, security, registry, records, clock },
    timeoutSeconds: config.collectTimeoutSeconds,
  });
  const scanner = new RepositoryScanner({
    ...{ store, security, registry, records, pool, publications },
    timeoutSeconds: config.collectTimeoutSeconds,
    match: (id, signal) => matching.match(id, signal),
  });
  const scanHistory = (id: string) => {
    histories
      .add(id, 'routine')
      .catch(error =>
        logger.error(`The scan of the history of ${id} was not stored`, error),
      );
  };
  const queue = new CollectQueue(async (id, signal) => {
    await scanner.scan(id, signal);
    // Also where nothing was found: that it was scanned is a fact.
    services.onFindings(id);
    if (config.scanHistory) scanHistory(id);
  }, config.scanConcurrency);
  const learn = () => {
    matching
      .sweep()
      .catch(error => logger.warn(`New advisories wait longer: ${error}`));
  };
  for (const matcher of registry.matchers.values()) matcher.onChange?.(learn);

  await scheduler.scheduleTask({
    id: 'fettle-match',
    frequency: LEARNED_EVERY,
    timeout: { minutes: 30 },
    fn: () => matching.sweep(),
  });
  await scheduler.scheduleTask({
    id: 'fettle-exceptions',
    frequency: EXCEPTIONS_EVERY,
    timeout: { minutes: 5 },
    fn: async () => {
      const ended = await security.endExceptions(clock());
      for (const id of ended.repositoryIds) onChange(id, ended.revision!);
    },
  });
  await scheduler.scheduleTask({
    id: 'fettle-prune-findings',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    fn: async () => {
      const before = new Date(clock().getTime() - config.keepDays * DAY_MS);
      await security.prune(before);
      await publications.prune(before);
    },
  });
  services.lifecycle.addShutdownHook(async () => {
    await Promise.all([
      ...[queue.stop(), histories.stop(), alertQueue.stop()],
      watcher.stop(),
      ...[matching.stop(), pool.stop()],
    ]);
  });
  return {
    security,
    scanOverview: new ScanOverview({ registry, security, logger }),
    findingsChanged: (ids, revision) => {
      if (revision === null) return;
      for (const id of ids) onChange(id, revision);
    },
    match: repositoryId =>
      matching.match(repositoryId, AbortSignal.timeout(MATCH_MS)),
    onRead: (repositoryId, snapshot) => {
      if (snapshot) {
        watcher
          .read(repositoryId, snapshot)
          .catch(error =>
            logger.error(
              `The threats to ${repositoryId} were not stored`,
              error,
            ),
          );
      }
      if (registry.alerts.size > 0) {
        alertQueue
          .add(repositoryId, 'routine')
          .catch(error =>
            logger.error(
              `The alerts of ${repositoryId} were not stored`,
              error,
            ),
          );
      }
      if (registry.scanners.size === 0) return;
      queue
        .add(repositoryId, 'routine')
        .catch(error =>
          logger.error(`The scan of ${repositoryId} was not stored`, error),
        );
    },
  };
}
