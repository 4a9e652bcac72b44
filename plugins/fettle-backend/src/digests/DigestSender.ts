import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { OwnerDigest } from '../store/security/loadDigests';
import { describeDigest } from './describeDigest';

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_DAYS = 7;

/** Tells each owner how their repositories stand, through Backstage's notifications. */
export class DigestSender {
  constructor(
    private readonly options: {
      notifications: NotificationService;
      load: (of: { since: string; now: Date }) => Promise<OwnerDigest[]>;
      logger: LoggerService;
      clock: () => Date;
    },
  ) {}

  /** One to each owner that has something to read. An owner who cannot be told does not keep the others waiting. */
  async send(): Promise<{ sent: number; failed: number }> {
    const { notifications, load, logger, clock } = this.options;
    const now = clock();
    const since = new Date(now.getTime() - WEEK_DAYS * DAY_MS);
    const day = now.toISOString().slice(0, 10);
    const digests = await load({
      since: since.toISOString().slice(0, 10),
      now,
    });
    let sent = 0;
    let failed = 0;
    let reason: unknown;
    for (const digest of digests) {
      const told = describeDigest(digest);
      if (!told) continue;
      try {
        await notifications.send({
          recipients: { type: 'entity', entityRef: digest.owner },
          payload: {
            ...told,
            link: `/fettle-security?owner=${encodeURIComponent(digest.owner)}`,
            topic: 'fettle-digest',
            // Sent again on one day it takes the place of the first.
            scope: `fettle-digest:${digest.owner}:${day}`,
          },
        });
        sent += 1;
      } catch (error) {
        failed += 1;
        reason = error;
      }
    }
    if (failed > 0) {
      logger.warn(
        `${failed} of ${
          sent + failed
        } digests were not sent. Check that '@backstage/plugin-notifications-backend' is in the backend. ${reason}`,
      );
    }
    return { sent, failed };
  }
}
