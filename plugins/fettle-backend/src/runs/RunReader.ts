import type { LoggerService } from '@backstage/backend-plugin-api';
import type { PipelineSource } from 'backstage-plugin-fettle-node';
import type { FettleStore } from '../store/FettleStore';
import type { Applied, RunStore, StoredRun } from '../store/runs/RunStore';

const AGAIN_AFTER_MS = 30_000;
const MOST = 1_000;
const TIMEOUT_MS = 30_000;

/** Reads single runs from their hosts, for people who opened them; each at most twice a minute. */
export class RunReader {
  readonly #readAt = new Map<string, number>();

  constructor(
    private readonly options: {
      sources: ReadonlyMap<string, PipelineSource>;
      store: Pick<FettleStore, 'getRepository'>;
      runs: Pick<RunStore, 'apply'>;
      logger: LoggerService;
      clock: () => Date;
      onApplied: (applied: Applied) => void;
    },
  ) {}

  /** In the background; what comes of it is announced like any report. */
  read(stored: StoredRun): void {
    const { clock, logger } = this.options;
    const now = clock().getTime();
    const last = this.#readAt.get(stored.run.id);
    if (last !== undefined && now - last < AGAIN_AFTER_MS) return;
    if (this.#readAt.size >= MOST) this.#readAt.clear();
    this.#readAt.set(stored.run.id, now);
    this.#read(stored).catch(error =>
      logger.debug(`Run ${stored.run.id} could not be read: ${error}`),
    );
  }

  async #read({ run, ref, sourceId }: StoredRun): Promise<void> {
    const { sources, store, runs, clock, onApplied } = this.options;
    const source = sources.get(sourceId);
    const repository = await store.getRepository(run.repositoryId);
    if (!source?.readRun || !repository || !source.covers(repository)) return;
    const report = await source.readRun(repository, ref, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const told = { sourceId, runs: [report], deployments: [] };
    onApplied(await runs.apply([told], clock()));
  }
}
