import { SourceError, type AlertReading } from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import { reportId } from '../reports/reportId';
import type { ScanRecords } from '../scan/ScanRecords';
import type { FettleStore } from '../store/FettleStore';

/** Repositories are read at every push; alerts of a host change by themselves, and cost calls. */
const AGAIN_AFTER_MS = 5 * 60_000;
const FORMAT = 'alerts';

/** Brings the alerts of hosts into the findings: each tool of a host is one observer. */
export class AlertReader {
  readonly #lastAt = new Map<string, number>();

  constructor(
    private readonly options: {
      store: FettleStore;
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
      } catch (error) {
        if (stop.aborted) return;
        readings = [{ tool: source.id, failed: toSourceError(error) }];
      }
      for (const reading of readings) {
        const record = {
          scannerId: reportId(reading.tool, FORMAT),
          digest: '',
        };
        if ('failed' in reading) {
          await this.options.records.fail(record, repository, reading.failed);
          continue;
        }
        const { findings, problems } = reading;
        await this.options.records.save({
          ...{ ...record, repositoryId, commit },
          report: { findings, problems },
        });
      }
    }
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
