import type {
  AuditorService,
  LifecycleService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CampaignNews } from './campaigns/CampaignNews';
import { CampaignPlanner } from './campaigns/CampaignPlanner';
import { CampaignRunner } from './campaigns/CampaignRunner';
import { CampaignService } from './campaigns/CampaignService';
import type { LivePublisher } from './live/LivePublisher';
import type { PlaybookSet, ProblemReader } from './playbooks/LoadedPlaybook';
import { AuditTrail } from './remediate/AuditTrail';
import type { RemediationService } from './remediate/RemediationService';
import type { RouteServices } from './routes/Route';
import { DatabaseCampaignStore } from './store/campaigns/DatabaseCampaignStore';
import type { DatabaseFettleStore } from './store/DatabaseFettleStore';
import type { WorkEngine } from './work/WorkEngine';

const SWEEP_EVERY = { seconds: 5 };

/** Puts together what rolls one playbook out over many repositories. Call it before the engine runs. */
export async function startCampaigns(services: {
  auditor: AuditorService;
  clock: () => Date;
  lifecycle: LifecycleService;
  live: LivePublisher;
  logger: LoggerService;
  playbooks: PlaybookSet;
  problems: ProblemReader;
  remediations: RemediationService;
  scheduler: SchedulerService;
  store: DatabaseFettleStore;
  work: WorkEngine;
}): Promise<Pick<RouteServices, 'campaigns'>> {
  const { clock, logger, playbooks, problems, remediations, work } = services;
  const store = new DatabaseCampaignStore(services.store.knex);
  const audit = new AuditTrail(services.auditor);
  const news = new CampaignNews(services.live);
  const runner = new CampaignRunner({
    ...{ store, playbooks, audit, news, work, clock, logger },
    planner: new CampaignPlanner({
      ...{ store, service: remediations, news, logger },
    }),
    service: remediations,
  });
  runner.register();
  // Whatever comes of a repository may let others begin.
  remediations.onState(({ campaignId, revision }) => {
    if (campaignId === null) return;
    news.changed({ id: campaignId, revision });
    runner.poke(campaignId);
  });
  await services.scheduler.scheduleTask({
    id: 'fettle-campaigns',
    scope: 'local',
    frequency: SWEEP_EVERY,
    timeout: { minutes: 5 },
    fn: () => runner.sweep(),
  });
  services.lifecycle.addShutdownHook(() => runner.stop());
  const service = new CampaignService({
    ...{ store, runner, playbooks, problems, audit, news, clock },
  });
  return { campaigns: { store, service } };
}
