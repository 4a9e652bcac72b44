import type { LoggerService } from '@backstage/backend-plugin-api';
import type { FeedStatus, ScanStatus } from 'backstage-plugin-fettle-common';
import { isReport } from '../reports/reportId';
import type { Registry } from '../registry/Registry';
import { historyId } from './historyId';
import type { SecurityStore } from '../store/security/SecurityStore';

/** Tells what was scanned and what is known from elsewhere: a number of findings means little without it. */
export class ScanOverview {
  constructor(
    private readonly options: {
      registry: Registry;
      security: SecurityStore;
      logger: LoggerService;
    },
  ) {}

  /** One for each scanner, also where it did not scan the repository yet, and for each tool that reported. */
  async scans(repositoryId: string): Promise<ScanStatus[]> {
    const { registry, security } = this.options;
    const known = await security.scans(repositoryId);
    const reported = known
      .filter(({ scannerId }) => isReport(scannerId))
      .map(({ scannerId }) => ({ id: scannerId, title: scannerId }));
    // Where the source has no histories nothing says that they were scanned.
    const histories = [...registry.scanners.values()]
      .map(({ id, title }) => ({
        id: historyId(id),
        title: historyId(title),
      }))
      .filter(({ id }) => known.some(({ scannerId }) => scannerId === id));
    // Nor of what detectors of threats do not see.
    const detectors = [...registry.detectors.values()].filter(({ id }) =>
      known.some(({ scannerId }) => scannerId === id),
    );
    const others = [...histories, ...detectors, ...reported];
    return [...registry.scanners.values(), ...others].map(({ id, title }) => {
      const scan = known.find(({ scannerId }) => scannerId === id);
      return {
        scanner: id,
        title,
        state: scan?.state ?? 'pending',
        commit: scan?.commit ?? null,
        scannedAt: scan?.scannedAt ?? null,
        reason: scan?.reason ?? null,
        problems: scan?.problems ?? [],
      };
    });
  }

  /** A matcher that cannot say how it stands is a failing feed, not a missing one. */
  async feeds(): Promise<FeedStatus[]> {
    const { registry, logger } = this.options;
    const feeds = await Promise.all(
      [...registry.matchers.values()].map(async matcher => {
        try {
          return (await matcher.feeds?.()) ?? [];
        } catch (error) {
          logger.warn(`${matcher.title} does not say how it stands: ${error}`);
          return [unknownFeed(matcher, error)];
        }
      }),
    );
    return feeds.flat();
  }
}

function unknownFeed(
  { id, title }: { id: string; title: string },
  error: unknown,
): FeedStatus {
  return {
    ...{ id, title, state: 'failing', from: '', records: 0, broken: 0 },
    ...{ bytes: null, newestAt: null, checkedAt: null },
    reason: {
      code: 'failed',
      message: `${title} does not say how it stands: ${
        error instanceof Error ? error.message : error
      }`,
      action: 'See the log of the backend.',
    },
  };
}
