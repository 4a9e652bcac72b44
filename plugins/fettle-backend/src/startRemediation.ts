import type {
  AuditorService,
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  RUN_CHANGED_TOPIC,
  runChangedEventSchema,
} from 'backstage-plugin-fettle-common';
import type { StepEntity } from 'backstage-plugin-fettle-node';
import type { LivePublisher } from './live/LivePublisher';
import type { PlaybookSet, ProblemReader } from './playbooks/LoadedPlaybook';
import type { ChangeRegistry } from './registry/ChangeRegistry';
import type { Registry } from './registry/Registry';
import { AuditTrail } from './remediate/AuditTrail';
import { readAutomationConfig } from './remediate/AutomationConfig';
import { AutomationReader } from './remediate/AutomationReader';
import { DueRunner } from './remediate/DueRunner';
import { Escalation } from './remediate/escalate/Escalation';
import { KillSwitch } from './remediate/KillSwitch';
import { Lookout } from './remediate/Lookout';
import { Planner } from './remediate/plan/Planner';
import { RemediationNews } from './remediate/RemediationNews';
import { RemediationService } from './remediate/RemediationService';
import { Remediator } from './remediate/Remediator';
import type { RouteServices } from './routes/Route';
import type { DatabaseFettleStore } from './store/DatabaseFettleStore';
import { DatabaseRemediationStore } from './store/remediation/DatabaseRemediationStore';
import { readChecks } from './store/remediation/readChecks';
import type { WorkEngine } from './work/WorkEngine';

const SWEEP_EVERY = { seconds: 5 };
const LOOK_EVERY = { seconds: 15 };
const EFFECT_MS = 5 * 60 * 1000;

/** Puts together what plans and applies what playbooks would do. Call it before the engine runs. */
export async function startRemediation(services: {
  auditor: AuditorService;
  changes: ChangeRegistry;
  clock: () => Date;
  config: RootConfigService;
  entitiesOf: (repositoryId: string) => Promise<StepEntity[]>;
  events: EventsService;
  hasPipelines: (repositoryId: string) => Promise<boolean>;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  /** Matches its components anew; gives the titles of matchers that could not. */
  match: (repositoryId: string) => Promise<string[]>;
  notifications: NotificationService;
  playbooks: PlaybookSet;
  problems: ProblemReader;
  /** Has a repository read at once. */
  readNow: (repositoryId: string) => Promise<void>;
  registry: Registry;
  scheduler: SchedulerService;
  store: DatabaseFettleStore;
  work: WorkEngine;
}): Promise<
  Pick<RouteServices, 'remediation' | 'playbookNumbers'> & {
    /** Something that playbooks or verification look at may have changed. */
    onRepository: (repositoryId: string) => void;
  }
> {
  const { clock, live, logger, playbooks, problems, registry } = services;
  const { entitiesOf, scheduler, lifecycle, work } = services;
  const config = readAutomationConfig(services.config);
  const store = new DatabaseRemediationStore(services.store.knex, config);
  const audit = new AuditTrail(services.auditor);
  const news = new RemediationNews({ live, events: services.events, logger });
  const onChange = (repositoryId: string, revision: number) =>
    news.changed(repositoryId, revision);
  const planner = new Planner({
    ...{ store, registry, changes: services.changes, entitiesOf, clock },
    repositories: services.store,
  });
  const remediator = new Remediator({
    ...{ store, playbooks, problems, planner, registry, audit, clock, logger },
    escalation: new Escalation({
      ...{ notifications: services.notifications, entitiesOf, logger },
    }),
    readNow: services.readNow,
    checksOf: (id, commit) => readChecks(services.store.knex, id, commit),
    hasPipelines: services.hasPipelines,
    match: services.match,
    freezes: config.freezes,
    effectMs: EFFECT_MS,
    onChange: (before, after, message) => {
      onChange(after.repositoryId, after.revision);
      due.onDue(after.id, after.dueAt);
      if (before.state === after.state) return;
      service.tellState(after, before.state);
      news.moved(before, after, message);
    },
  });
  const due = new DueRunner({ store, work, remediator, clock, logger });
  const service = new RemediationService({
    ...{ store, playbooks, problems, planner, remediator, audit, clock },
    ...{ logger, onChange },
  });
  const lookout = new Lookout({
    ...{ store, playbooks, problems, service, remediator, clock, logger },
    onChange,
  });
  const killSwitch = new KillSwitch({
    ...{ store, remediator, audit, clock, logger },
    resume: () => due.sweep(),
    onChange: revision => news.automation(revision),
  });
  due.register();

  await scheduler.scheduleTask({
    id: 'fettle-remediate',
    scope: 'local',
    frequency: SWEEP_EVERY,
    timeout: { minutes: 5 },
    fn: () => due.sweep(),
  });
  await scheduler.scheduleTask({
    id: 'fettle-playbooks',
    frequency: LOOK_EVERY,
    timeout: { minutes: 30 },
    fn: () => lookout.sweep(),
  });
  // Checks of changes are runs; how they end is told here, and looked at anyway.
  await services.events.subscribe({
    id: 'fettle-remediate',
    topics: [RUN_CHANGED_TOPIC],
    onEvent: async ({ eventPayload }) => {
      const run = runChangedEventSchema.safeParse(eventPayload);
      if (run.success) lookout.onChange(run.data.repositoryId);
    },
  });
  playbooks.onChange(() => {
    lookout
      .sweep()
      .catch(error => logger.warn(`Playbooks are looked at later: ${error}`));
  });
  lifecycle.addShutdownHook(async () => {
    due.stop();
    await lookout.stop();
    await remediator.stop();
  });
  const reader = new AutomationReader({ store, playbooks, config, clock });
  return {
    remediation: { store, service, reader, killSwitch },
    playbookNumbers: reader,
    onRepository: repositoryId => lookout.onChange(repositoryId),
  };
}
