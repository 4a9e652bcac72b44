import type {
  HttpRouterService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { SOURCES_SCOPE, isFinished } from 'backstage-plugin-fettle-common';
import type { CallBudgets } from 'backstage-plugin-fettle-node';
import type { CollectQueue } from './collect/CollectQueue';
import type { FettleConfig } from './config/FettleConfig';
import { createIntakeRouter, INTAKE_PATH } from './intake/createIntakeRouter';
import { DeliveryIntake } from './intake/DeliveryIntake';
import { DeliveryProcessor } from './intake/DeliveryProcessor';
import { feedFromEvents } from './intake/feedFromEvents';
import type { LivePublisher } from './live/LivePublisher';
import { DatabaseSyncStore } from './reconcile/DatabaseSyncStore';
import { Reconciler } from './reconcile/Reconciler';
import { SourceOverview } from './reconcile/SourceOverview';
import type { Registry } from './registry/Registry';
import type { RouteServices } from './routes/Route';
import { CommitDescriber } from './runs/CommitDescriber';
import { RunControl } from './runs/RunControl';
import { RunReader } from './runs/RunReader';
import type { DatabaseFettleStore } from './store/DatabaseFettleStore';
import type { Applied } from './store/runs/RunStore';

const DELIVERIES_EVERY = { seconds: 5 };
const RECONCILE_EVERY = { seconds: 10 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts together what takes deliveries in, follows runs and asks hosts about them. */
export async function startPipelines(services: {
  budgets: CallBudgets;
  clock: () => Date;
  config: FettleConfig;
  events: EventsService;
  findRepository: (remote: string) => Promise<string | undefined>;
  httpRouter: HttpRouterService;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  queue: CollectQueue;
  registry: Registry;
  scheduler: SchedulerService;
  store: DatabaseFettleStore;
  stores: ReturnType<DatabaseFettleStore['openPipelines']>;
}): Promise<
  Pick<
    RouteServices,
    | 'control'
    | 'deliveries'
    | 'pipelines'
    | 'readRun'
    | 'runs'
    | 'sources'
    | 'sweepDeliveries'
  > & { onDiscovered: () => Promise<void> }
> {
  const { budgets, clock, config, live, logger, queue, registry, store } =
    services;
  const { runs, deliveries, pipelines } = services.stores;
  const syncs = new DatabaseSyncStore(store.knex);
  const onChange = (repositoryId: string, revision: number) =>
    live.runsChanged(repositoryId, revision);
  const describer = new CommitDescriber({
    ...{ store, runs, logger, onChange },
    sources: () => registry.sources,
  });
  const read = (repositoryId: string) => {
    queue
      .add(repositoryId, 'now')
      .catch(error =>
        logger.error(`The reading of ${repositoryId} was not stored`, error),
      );
  };
  const onApplied = (applied: Applied) => {
    live.told(applied);
    describer.add(applied.changes);
    const judged = applied.changes.filter(
      ({ defaultBranch, to }) => defaultBranch && isFinished(to),
    );
    for (const id of new Set([
      ...applied.named,
      ...judged.map(({ repositoryId }) => repositoryId),
    ])) {
      read(id);
    }
  };
  const processor = new DeliveryProcessor({
    ...{ deliveries, runs, logger, clock },
    sources: registry.deliveries,
    onApplied(applied, remotes) {
      onApplied(applied);
      readElsewhere(remotes, services, read);
    },
  });
  const intake = new DeliveryIntake({
    ...{ processor, logger, clock },
    sources: registry.deliveries,
    store: deliveries,
  });
  const reconciler = new Reconciler({
    ...{ store, runs, syncs, budgets, logger, clock, onApplied, onChange },
    sources: registry.pipelines,
    everySeconds: config.reconcileEverySeconds,
    firstDays: config.firstRunsDays,
  });
  const reader = new RunReader({
    ...{ store, runs, logger, clock, onApplied },
    sources: registry.pipelines,
  });
  const sweepDeliveries = () => {
    processor
      .sweep()
      .catch(error => logger.warn(`Deliveries wait longer: ${error}`));
  };

  // Whoever delivers proves it by a signature, not by a token of this portal.
  services.httpRouter.addAuthPolicy({
    path: INTAKE_PATH,
    allow: 'unauthenticated',
  });
  services.httpRouter.use(
    createIntakeRouter({ intake, maxBytes: config.maxDeliveryBytes }),
  );
  await feedFromEvents({
    ...{ intake, logger },
    events: services.events,
    sources: registry.deliveries,
    topics: config.deliveryTopics,
  });
  await scheduleAll();
  return {
    control: new RunControl({
      ...{ store, runs, clock, onChange },
      sources: registry.pipelines,
    }),
    deliveries,
    /** What came before its repository was found is processed now. */
    async onDiscovered() {
      if ((await deliveries.revive(clock())) > 0) sweepDeliveries();
    },
    pipelines,
    readRun: stored => reader.read(stored),
    runs,
    sources: new SourceOverview({
      ...{ deliveries, syncs, budgets, clock },
      deliverySources: registry.deliveries,
      pipelineSources: registry.pipelines,
      everySeconds: config.reconcileEverySeconds,
    }),
    sweepDeliveries,
  };

  async function scheduleAll(): Promise<void> {
    const { scheduler, lifecycle } = services;
    const stopping = new AbortController();
    await scheduler.scheduleTask({
      id: 'fettle-deliveries',
      scope: 'local',
      frequency: DELIVERIES_EVERY,
      timeout: { minutes: 5 },
      fn: async () => {
        await processor.sweep();
      },
    });
    await scheduler.scheduleTask({
      id: 'fettle-reconcile',
      frequency: RECONCILE_EVERY,
      timeout: { minutes: 10 },
      fn: async signal => {
        await reconciler.cover();
        const asked = await reconciler.reconcile(
          AbortSignal.any([signal, stopping.signal]),
        );
        if (asked > 0) live.hint(SOURCES_SCOPE, await store.getRevision());
      },
    });
    await scheduler.scheduleTask({
      id: 'fettle-prune-runs',
      frequency: { hours: 6 },
      timeout: { minutes: 30 },
      fn: async () => {
        const before = (days: number) =>
          new Date(clock().getTime() - days * DAY_MS);
        await deliveries.prune(before(config.keepDeliveriesDays));
        await runs.prune(before(config.keepRunsDays));
        await pipelines.prune(before(config.keepDays));
      },
    });
    lifecycle.addShutdownHook(async () => {
      stopping.abort();
      describer.stop();
      await processor.stop();
    });
  }
}

/** A remote may be written in another way than the one it is known by. */
function readElsewhere(
  remotes: ReadonlySet<string>,
  {
    findRepository,
    logger,
  }: Pick<Parameters<typeof startPipelines>[0], 'findRepository' | 'logger'>,
  read: (repositoryId: string) => void,
): void {
  for (const remote of remotes) {
    findRepository(remote).then(
      id => id && read(id),
      error => logger.warn(`A delivery's repository was not read: ${error}`),
    );
  }
}
