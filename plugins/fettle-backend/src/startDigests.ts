import {
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type LoggerService,
  type RootConfigService,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { DigestSender } from './digests/DigestSender';
import type { OwnerDigest } from './store/security/loadDigests';

/** Sends owners their digests where `fettle.digests.schedule` says when. */
export async function startDigests(services: {
  clock: () => Date;
  config: RootConfigService;
  load: (of: { since: string; now: Date }) => Promise<OwnerDigest[]>;
  logger: LoggerService;
  notifications: NotificationService;
  scheduler: SchedulerService;
}): Promise<void> {
  const { config, scheduler, ...rest } = services;
  const schedule = config.getOptionalConfig('fettle.digests.schedule');
  if (!schedule) return;
  const sender = new DigestSender(rest);
  await scheduler.scheduleTask({
    ...readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule),
    id: 'fettle-digests',
    fn: async () => {
      await sender.send();
    },
  });
}
