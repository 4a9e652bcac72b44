import type {
  AuditorService,
  AuthService,
  DatabaseService,
  DiscoveryService,
  HttpAuthService,
  HttpRouterService,
  LifecycleService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  RootLifecycleService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import { fettlePermissions } from 'backstage-plugin-fettle-common';
import type { CallBudgets } from 'backstage-plugin-fettle-node';
import { actions } from './actions/actions';
import { registerActions } from './actions/registerActions';
import { ReaderAccess } from './authorization/ReaderAccess';
import { Collector } from './collect/Collector';
import { CollectQueue } from './collect/CollectQueue';
import { readFettleConfig } from './config/FettleConfig';
import { Discoverer } from './discover/Discoverer';
import { EntityReader } from './discover/EntityReader';
import { findRepository } from './discover/findRepository';
import { RepositoryWatcher } from './discover/RepositoryWatcher';
import { configureChecks } from './evaluate/ConfiguredCheck';
import { LivePublisher } from './live/LivePublisher';
import { warmUpSignals } from './live/warmUpSignals';
import { createFileUrl } from './pages/createFileUrl';
import type { ChangeRegistry } from './registry/ChangeRegistry';
import type { Registry } from './registry/Registry';
import { startCampaigns } from './startCampaigns';
import { startCompliance } from './startCompliance';
import { startDigests } from './startDigests';
import { startPipelines } from './startPipelines';
import { startReleases } from './startReleases';
import { startPlaybooks } from './startPlaybooks';
import { startPolicies } from './startPolicies';
import { startRemediation } from './startRemediation';
import { startSecurity } from './startSecurity';
import { startStandards } from './startStandards';
import { createRouter } from './routes/createRouter';
import { routes } from './routes/routes';
import { expectsPipelines } from './runs/expectsPipelines';
import { DatabaseFettleStore } from './store/DatabaseFettleStore';
import { DatabasePlaybookStore } from './store/playbooks/DatabasePlaybookStore';
import { scheduleTasks } from './tasks/scheduleTasks';
import { Sweeper } from './tasks/Sweeper';
import { createWorkEngine } from './work/createWorkEngine';

/** Puts the parts together; the only place that knows all of them. */
export async function startFettle(services: {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  auth: AuthService;
  budgets: CallBudgets;
  catalog: CatalogService;
  config: RootConfigService;
  database: DatabaseService;
  discovery: DiscoveryService;
  events: EventsService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  lifecycle: LifecycleService;
  rootLifecycle: RootLifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  scheduler: SchedulerService;
  signals: SignalsService;
  registry: Registry;
  changes: ChangeRegistry;
  clock: () => Date;
}): Promise<void> {
  const { registry, clock, logger, catalog, auth, events, signals } = services;
  const config = readFettleConfig(services.config);
  registry.assertComplete();
  const checks = configureChecks(registry.checks, config.checks);
  services.permissionsRegistry.addPermissions(fettlePermissions);

  const store = await DatabaseFettleStore.create({
    database: services.database,
  });
  const work = await createWorkEngine({ database: services.database, logger });
  const live = new LivePublisher({
    ...{ signals, events, logger },
    readRevision: () => store.getRevision(),
  });
  const stores = store.openPipelines({
    isProduction: environment =>
      config.productionEnvironments.includes(
        environment.toLocaleLowerCase('en-US'),
      ),
  });
  const { onFacts, ...policies } = await startPolicies({
    ...{ clock, live, logger, registry },
    match: id => match(id),
    config: services.config,
    dueDays: config.dueDays,
    keepDays: config.keepDays,
    store: store.openPolicies(),
    notifications: services.notifications,
    lifecycle: services.lifecycle,
    scheduler: services.scheduler,
  });
  const compliance = await startCompliance({
    ...{ clock, config: services.config, keepDays: config.keepDays },
    checks: checks.map(({ description }) => description.id),
    policies: policies.policies.all.map(({ described }) => described.id),
    scheduler: services.scheduler,
    store: store.openCompliance(),
  });
  const fileUrl = createFileUrl(() => registry.sources);
  const findings = store.openSecurity({ dueDays: config.dueDays, fileUrl });
  await startDigests({
    ...{ clock, logger, config: services.config },
    load: of => findings.digests(of),
    notifications: services.notifications,
    scheduler: services.scheduler,
  });
  await startReleases({
    ...{ clock, config, logger, registry, releases: store.openReleases() },
    lifecycle: services.lifecycle,
    scheduler: services.scheduler,
  });
  const { onRead, match, ...security } = await startSecurity({
    ...{ clock, config, live, logger, registry, store, security: findings },
    onFindings: id => {
      onFacts(id);
      onRepository(id);
    },
    lifecycle: services.lifecycle,
    scheduler: services.scheduler,
  });
  const find = (remote: string) => findRepository(remote, registry, store);
  const entities = new EntityReader({ auth, catalog, clock, store });
  const {
    drift,
    onRead: onStandardsRead,
    ...standards
  } = await startStandards({
    ...{ clock, logger, registry, store, changes: services.changes },
    config: services.config,
    entitiesOf: id => entities.of(id),
    findRepository: find,
    lifecycle: services.lifecycle,
    onChecked: (id, revision) => {
      if (revision !== null) live.standardsChanged(id, revision);
      onRepository(id);
    },
    scheduler: services.scheduler,
    timeoutSeconds: config.collectTimeoutSeconds,
  });
  const playbookStore = new DatabasePlaybookStore(store.knex);
  const { onRead: onPlaybooksRead, ...playbooks } = await startPlaybooks({
    drift,
    ...{ clock, logger, registry, changes: services.changes },
    checks: checks.map(({ description }) => description.id),
    config: services.config,
    findRepository: find,
    portal: policies.policies.portal,
    repositories: store,
    scheduler: services.scheduler,
    store: playbookStore,
  });
  const collector = new Collector({
    ...{ store, registry, checks, logger, clock },
    readPipelines: (id, now) => stores.pipelines.readings(id, now),
    everySeconds: config.collectEverySeconds,
    timeoutSeconds: config.collectTimeoutSeconds,
    onChange: (repository, result, snapshot) => {
      live.repositoryChanged(repository, result);
      onRead(repository.id, snapshot);
      onPlaybooksRead();
      onStandardsRead(repository.id);
      if (result.revision !== null) onFacts(repository.id);
      onRepository(repository.id);
    },
  });
  const queue = new CollectQueue(
    (id, signal) => collector.collect(id, signal),
    config.concurrency,
  );
  const discoverer = new Discoverer({
    ...{ store, registry, catalog, auth, logger, clock },
    kinds: config.kinds,
    forgetAfterSeconds: config.forgetAfterSeconds,
  });
  const watcher = new RepositoryWatcher({
    ...{ store, registry, logger },
    onChange: id => {
      queue
        .add(id, 'now')
        .catch(error =>
          logger.error(`The reading of ${id} was not stored`, error),
        );
    },
  });
  const sweeper = new Sweeper({
    ...{ store, work, queue, logger, clock },
    leaseSeconds: config.collectTimeoutSeconds * 2,
  });
  sweeper.register();
  const { onRepository, ...remediation } = await startRemediation({
    ...{ clock, events, live, logger, registry, store, work },
    auditor: services.auditor,
    changes: services.changes,
    config: services.config,
    entitiesOf: id => entities.of(id),
    match,
    hasPipelines: expectsPipelines(playbookStore, registry.checks, id =>
      stores.pipelines.readings(id, clock()),
    ),
    lifecycle: services.lifecycle,
    notifications: services.notifications,
    playbooks: playbooks.playbooks,
    problems: playbooks.problems,
    readNow: async id => {
      await store.markDue(id, clock());
      queue
        .add(id, 'now')
        .catch(error =>
          logger.error(`The reading of ${id} was not stored`, error),
        );
    },
    scheduler: services.scheduler,
  });
  const campaigns = await startCampaigns({
    ...{ clock, live, logger, store, work, auditor: services.auditor },
    lifecycle: services.lifecycle,
    playbooks: playbooks.playbooks,
    problems: playbooks.problems,
    remediations: remediation.remediation.service,
    scheduler: services.scheduler,
  });
  await work.run();

  const { onDiscovered, ...pipelines } = await startPipelines({
    ...{ clock, config, events, live, logger, queue, registry, store, stores },
    budgets: services.budgets,
    findRepository: find,
    httpRouter: services.httpRouter,
    lifecycle: services.lifecycle,
    scheduler: services.scheduler,
  });

  // The document describes the API; it holds nothing of any repository.
  services.httpRouter.addAuthPolicy({
    path: '/openapi.json',
    allow: 'unauthenticated',
  });
  services.httpRouter.addAuthPolicy({
    path: '/playbook-schema.json',
    allow: 'unauthenticated',
  });
  const asked = {
    ...{ store, queue, checks, logger, fileUrl },
    access: new ReaderAccess({
      permissions: services.permissions,
      ...{ catalog, clock },
    }),
    clock: () => ({
      now: clock(),
      staleAfterSeconds: config.staleAfterSeconds,
    }),
    ...pipelines,
    ...security,
    ...policies,
    ...compliance,
    ...playbooks,
    ...standards,
    ...remediation,
    ...campaigns,
    findRepository: find,
    auditor: services.auditor,
  };
  services.httpRouter.use(
    createRouter(routes, { ...asked, httpAuth: services.httpAuth }),
  );
  registerActions(services.actionsRegistry, actions, asked);
  await scheduleTasks({
    scheduler: services.scheduler,
    lifecycle: services.lifecycle,
    ...{ logger, config, store, work, queue, live, clock },
    ...{ discoverer, watcher, sweeper, onDiscovered },
  });
  services.rootLifecycle.addStartupHook(() => {
    warmUpSignals({ discovery: services.discovery, logger }).catch(error =>
      logger.warn(`The live channel was not warmed up: ${error}`),
    );
  });
}
