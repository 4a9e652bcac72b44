import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SourceError,
  type AskOptions,
  type CallBudgets,
  type DeploymentReport,
  type PipelineSource,
  type RepositoryLocation,
  type RunReport,
} from 'backstage-plugin-fettle-node';
import type { FettleStore } from '../store/FettleStore';
import type { Applied, DoubtfulRun, RunStore } from '../store/runs/RunStore';
import type { Coverage, Sync, SyncStore } from './SyncStore';

const DOUBTS = 20;
const SYNCS = 20;
const CONCURRENCY = 4;
const TIMEOUT_MS = 60_000;
/** What was asked for overlaps, for hosts that show a run a little late. */
const OVERLAP_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/**
 * Asks hosts for what their deliveries did not say: first about runs that went
 * silent, the longest in doubt first, then about repositories whose turn it
 * is. A host that takes no more questions is left alone; others go on.
 */
export class Reconciler {
  constructor(
    private readonly options: {
      sources: ReadonlyMap<string, PipelineSource>;
      store: Pick<FettleStore, 'listLocations' | 'getRepository'>;
      runs: Pick<RunStore, 'apply' | 'doubtful' | 'doubtAgain'>;
      syncs: SyncStore;
      budgets: CallBudgets;
      logger: LoggerService;
      clock: () => Date;
      /** Between two questions about one repository. */
      everySeconds: number;
      /** How far back the first question goes. */
      firstDays: number;
      onApplied: (applied: Applied) => void;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {}

  /** Brings up to date which repositories can be asked about. */
  async cover(): Promise<void> {
    const { sources, store, syncs, clock } = this.options;
    const asked = [...sources.values()].filter(source => source.listRuns);
    if (asked.length === 0) return;
    const coverage: Coverage[] = [];
    for (const location of await store.listLocations()) {
      for (const source of asked) {
        if (!source.covers(location)) continue;
        coverage.push({
          repositoryId: location.id,
          sourceId: source.id,
          host: source.hostOf(location).toLocaleLowerCase('en-US'),
        });
      }
    }
    await syncs.cover(coverage, clock());
  }

  /** One round; returns how many questions were asked. */
  async reconcile(signal: AbortSignal): Promise<number> {
    const { runs, syncs, clock } = this.options;
    const doubts = await runs.doubtful(clock(), DOUBTS);
    await inTurns(doubts, one => this.#ask(one, signal));
    const now = clock();
    const due = await syncs.claim({
      now,
      leaseUntil: new Date(now.getTime() + 2 * TIMEOUT_MS),
      limit: SYNCS,
      withoutHosts: this.#silentHosts(),
    });
    await inTurns(due, one => this.#sync(one, signal));
    return doubts.length + due.length;
  }

  #silentHosts(): string[] {
    return this.options.budgets
      .status()
      .filter(({ blockedUntil }) => blockedUntil !== null)
      .map(({ host }) => host);
  }

  async #ask(doubt: DoubtfulRun, signal: AbortSignal): Promise<void> {
    const { sources, store, runs, clock } = this.options;
    const source = sources.get(doubt.sourceId);
    const repository = await store.getRepository(doubt.repositoryId);
    const silent = clock().getTime() - Date.parse(doubt.changedAt);
    const again = () => {
      // The longer nothing is heard, the rarer it is asked.
      const wait = Math.min(DAY_MS, Math.max(120_000, silent / 2));
      return new Date(clock().getTime() + wait);
    };
    if (!source?.readRun || !repository || !source.covers(repository)) {
      await this.#give(doubt, silent > DAY_MS ? 'silent' : again());
      return;
    }
    try {
      const report = await source.readRun(repository, doubt.ref, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await this.#apply(source.id, [report]);
      await runs.doubtAgain(doubt.id, again());
    } catch (error) {
      if (error instanceof SourceError && error.code === 'not-found') {
        await this.#give(doubt, 'gone');
        return;
      }
      await runs.doubtAgain(doubt.id, again());
      if (!(error instanceof SourceError)) throw error;
    }
  }

  /** Doubts it again at a time, or takes it as unknown for that reason. */
  async #give(doubt: DoubtfulRun, to: Date | 'gone' | 'silent') {
    const { runs, onChange } = this.options;
    if (to instanceof Date) {
      await runs.doubtAgain(doubt.id, to);
      return;
    }
    const revision = await runs.doubtAgain(doubt.id, null, { reason: to });
    if (revision !== null) onChange(doubt.repositoryId, revision);
  }

  async #sync(sync: Sync, signal: AbortSignal): Promise<void> {
    const { sources, store, syncs, logger, clock } = this.options;
    const startedAt = clock();
    const source = sources.get(sync.sourceId);
    const repository = await store.getRepository(sync.repositoryId);
    if (!source?.listRuns || !repository) return;
    try {
      const since = sync.syncedAt
        ? Date.parse(sync.syncedAt) - OVERLAP_MS
        : startedAt.getTime() - this.options.firstDays * DAY_MS;
      const options = {
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        since: new Date(since),
      };
      const { runs } = await source.listRuns(repository, options);
      await this.#apply(source.id, runs);
      const refusal = await this.#syncDeployments(source, repository, options);
      await syncs.succeeded(sync, {
        syncedAt: startedAt,
        dueAt: this.#later(this.options.everySeconds),
        reason: refusal?.toReason(),
      });
    } catch (error) {
      if (signal.aborted) return;
      const reason = asSourceError(error, repository.name, source.title);
      const limited = reason.code === 'rate-limited';
      const wait = Math.min(3600, 30 * 2 ** Math.min(sync.failures, 10));
      await syncs.failed(sync, {
        reason: reason.toReason(),
        at: startedAt,
        dueAt: this.#later(wait),
        counts: !limited,
      });
      logger[sync.failures === 0 && !limited ? 'warn' : 'debug'](
        `${reason.message} (${reason.code})`,
        { repository: repository.name, source: source.id },
      );
    }
  }

  /** Gives the host's refusal: without this right, runs are followed all the same. */
  async #syncDeployments(
    source: PipelineSource,
    repository: RepositoryLocation,
    options: AskOptions & { since: Date },
  ): Promise<SourceError | undefined> {
    try {
      const found = await source.listDeployments?.(repository, options);
      await this.#apply(source.id, [], found?.deployments);
      return undefined;
    } catch (error) {
      const refused =
        error instanceof SourceError && error.code === 'unauthorized';
      if (!refused) throw error;
      return error;
    }
  }

  async #apply(
    sourceId: string,
    reports: readonly RunReport[],
    deployments: readonly DeploymentReport[] = [],
  ): Promise<void> {
    const { runs, clock, onApplied } = this.options;
    if (reports.length + deployments.length === 0) return;
    // Oldest first: as they would have been delivered.
    const told = {
      sourceId,
      runs: [...reports].reverse(),
      deployments: [...deployments].reverse(),
    };
    onApplied(await runs.apply([told], clock()));
  }

  #later(seconds: number): Date {
    return new Date(this.options.clock().getTime() + seconds * 1000);
  }
}

async function inTurns<T>(
  items: readonly T[],
  run: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item; item = waiting.shift()) {
      await run(item);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

function asSourceError(
  error: unknown,
  name: string,
  title: string,
): SourceError {
  if (error instanceof SourceError) return error;
  return new SourceError(
    'failed',
    `Asking ${title} about the runs of ${name} failed: ${
      error instanceof Error ? error.message : error
    }`,
    'See the log of the backend; the next round tries again.',
    error,
  );
}
