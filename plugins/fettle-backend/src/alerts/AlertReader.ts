import { SourceError, type AlertReading } from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import { ALERTS, reportId } from '../reports/reportId';
import type { ScanRecords } from '../scan/ScanRecords';
import type { FettleStore } from '../store/FettleStore';
import type { SecurityStore } from '../store/security/SecurityStore';

/** Repositories are read at every push; alerts of a host change by themselves, and cost calls. */
const AGAIN_AFTER_MS = 5 * 60_000;

/** Brings the alerts of hosts into the findings: each tool of a host is one observer. */
export class AlertReader {
  readonly #lastAt = new Map<string, number>();

  constructor(
    private readonly options: {
      store: FettleStore;
      security: SecurityStore;
      registry: Registry;
      records: ScanRecords;
      clock: () => Date;
      timeoutSeconds: number;
    },
  ) {}

  /** To its stored end; what cannot be read is a stored state, not an error. */
  async read(repositoryId: string, stop: AbortSignal): Promise<void> {
    const { store, registry, clock, timeoutSeconds } = this.options;
    const now = clock().getTime();
    const last = this.#lastAt.get(repositoryId);
    if (last !== undefined && Math.abs(now - last) < AGAIN_AFTER_MS) return;
    const repository = await store.getRepository(repositoryId);
    const commit = repository?.headCommit;
    if (!repository || !commit) return;
    this.#lastAt.set(repositoryId, now);
    const signal = AbortSignal.any([
      stop,
      AbortSignal.timeout(timeoutSeconds * 1000),
    ]);
    for (const source of registry.alerts.values()) {
      if (!source.covers(repository)) continue;
      let readings: AlertReading[];
      try {
        readings = await source.listAlerts(repository, { signal });
        if (await this.#isFailed(repositoryId, source.id)) {
          readings.push({ tool: source.id, findings: [] });
        }
      } catch (error) {
        readings = [{ tool: source.id, failed: toSourceError(error) }];
      }
      // What was cut short by a stop says nothing of the host.
      if (stop.aborted) return;
      for (const reading of readings) {
        const record = {
          scannerId: reportId(reading.tool, ALERTS),
          digest: '',
        };
        if ('failed' in reading) {
          await this.options.records.fail(record, repository, reading.failed);
          continue;
        }
        const { findings, closed, problems } = reading;
        await this.options.records.save({
          ...{ ...record, repositoryId, commit, keeps: closed },
          report: { findings, problems },
        });
      }
    }
  }

  /** Whether the source as a whole failed last: that it does not any more is news, too. */
  async #isFailed(repositoryId: string, sourceId: string): Promise<boolean> {
    const id = reportId(sourceId, ALERTS);
    const scans = await this.options.security.scans(repositoryId);
    return scans.some(
      ({ scannerId, state }) => scannerId === id && state === 'failed',
    );
  }
}

function toSourceError(error: unknown): SourceError {
  return error instanceof SourceError
    ? error
    : new SourceError(
        'failed',
        `Alerts could not be read: ${
          error instanceof Error ? error.message : error
        }`,
        'See the log of the backend; they are read again by themselves.',
        error,
      );
}
