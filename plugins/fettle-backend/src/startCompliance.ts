import type {
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ComplianceReader } from './compliance/ComplianceReader';
import { readFrameworks } from './compliance/readFrameworks';
import type { RouteServices } from './routes/Route';
import type { ComplianceStore } from './store/compliance/ComplianceStore';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Puts together what judges repositories by frameworks. Throws where one is wrong. */
export async function startCompliance(services: {
  checks: readonly string[];
  clock: () => Date;
  config: RootConfigService;
  keepDays: number;
  policies: readonly string[];
  scheduler: SchedulerService;
  store: ComplianceStore;
}): Promise<Pick<RouteServices, 'compliance'>> {
  const { clock, store } = services;
  const installed = {
    checks: new Set(services.checks),
    policies: new Set(services.policies),
  };
  const frameworks = readFrameworks(services.config, installed);
  const reader = new ComplianceReader({ frameworks, installed, store, clock });
  await services.scheduler.scheduleTask({
    id: 'fettle-compliance-days',
    frequency: { minutes: 30 },
    // Repositories are read first.
    initialDelay: { minutes: 2 },
    timeout: { minutes: 10 },
    fn: async () => {
      const now = clock();
      const before = new Date(now.getTime() - services.keepDays * DAY_MS);
      await store.saveDay(dayOf(now), await reader.byOwner());
      await store.prune(dayOf(before));
    },
  });
  return { compliance: { reader, store } };
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
