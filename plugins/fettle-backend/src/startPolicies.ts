import type {
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { CollectQueue } from './collect/CollectQueue';
import type { LivePublisher } from './live/LivePublisher';
import { PolicyEvaluator } from './policies/PolicyEvaluator';
import { PolicyNotifier } from './policies/PolicyNotifier';
import { toEvents } from './policies/toEvents';
import { PortalKnowledge } from './policies/PortalKnowledge';
import { readPolicies } from './policies/readPolicies';
import { PolicyReplayer } from './policies/replay/PolicyReplayer';
import type { Registry } from './registry/Registry';
import type { RouteServices } from './routes/Route';
import type { PolicyStore } from './store/policies/PolicyStore';

const SWEEP_EVERY = { seconds: 15 };
const AT_A_TIME = 2;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts together what judges repositories by policies. Throws where a policy is wrong. */
export async function startPolicies(services: {
  clock: () => Date;
  config: RootConfigService;
  dueDays: Readonly<Record<string, number | undefined>>;
  keepDays: number;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  match: RouteServices['policies']['match'];
  notifications: NotificationService;
  registry: Registry;
  scheduler: SchedulerService;
  store: PolicyStore;
}): Promise<
  Pick<RouteServices, 'policies'> & {
    /** Something that policies read changed. */
    onFacts: (repositoryId: string) => void;
  }
> {
  const { clock, live, logger, notifications, scheduler, store } = services;
  const policies = readPolicies(services.config);
  const knowledge = new PortalKnowledge({
    ...{ registry: services.registry, logger, clock },
  });
  const portal = () => knowledge.read();
  const notifier = new PolicyNotifier({
    ...{ policies, store, notifications, logger, clock },
  });
  const evaluator = new PolicyEvaluator({
    ...{ policies, store, portal, logger, clock },
    onEvaluated: ({ subject, outcomes, changes, revision }) => {
      if (revision !== null) {
        const told = toEvents(policies, subject, changes, revision);
        live.policiesChanged(subject.id, revision, told);
      }
      notifier
        .tell(subject, outcomes)
        .catch(error =>
          logger.warn(`A violation waits longer to be told: ${error}`),
        );
    },
  });
  const queue = new CollectQueue(id => evaluator.evaluate([id]), AT_A_TIME);

  await scheduler.scheduleTask({
    id: 'fettle-policies',
    frequency: SWEEP_EVERY,
    timeout: { minutes: 30 },
    fn: () => evaluator.sweep(),
  });
  await scheduler.scheduleTask({
    id: 'fettle-prune-policies',
    frequency: { hours: 6 },
    timeout: { minutes: 30 },
    fn: () =>
      store.prune(new Date(clock().getTime() - services.keepDays * DAY_MS)),
  });
  services.lifecycle.addShutdownHook(async () => {
    evaluator.stop();
    await queue.stop();
  });
  return {
    policies: {
      ...{ all: policies, store, portal, match: services.match },
      replayer: new PolicyReplayer({
        ...{ store, portal, clock, dueDays: services.dueDays },
      }),
    },
    onFacts: repositoryId => {
      queue
        .add(repositoryId, 'routine')
        .catch(error =>
          logger.error(
            `The policies of ${repositoryId} are evaluated later`,
            error,
          ),
        );
    },
  };
}
