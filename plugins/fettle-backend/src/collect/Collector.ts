import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SourceError,
  type PipelineReading,
  type RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import type { ConfiguredCheck } from '../evaluate/ConfiguredCheck';
import { evaluateTarget } from '../evaluate/evaluateTarget';
import type { Registry } from '../registry/Registry';
import type {
  FettleStore,
  StoredFact,
  StoredRepository,
  WriteResult,
} from '../store/FettleStore';
import { collectFacts } from './collectFacts';

/** Told of each write that readers can see. */
export type OnChange = (
  repository: StoredRepository,
  result: WriteResult,
  /** What was read; undefined where the reading failed. */
  snapshot?: RepositorySnapshot,
) => void;

/** Reads one repository, judges it and stores what came of it. */
export class Collector {
  constructor(
    private readonly options: {
      store: FettleStore;
      /** How the repository's pipelines stand; empty where no run is known. */
      readPipelines?: (
        repositoryId: string,
        now: Date,
      ) => Promise<PipelineReading[]>;
      registry: Registry;
      checks: readonly ConfiguredCheck[];
      logger: LoggerService;
      clock: () => Date;
      everySeconds: number;
      timeoutSeconds: number;
      onChange: OnChange;
    },
  ) {}

  /** One reading, to its stored end; a source that fails is a stored state, not an error. */
  async collect(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { store, clock, logger, timeoutSeconds } = this.options;
    const repository = await store.getRepository(repositoryId);
    if (!repository) return;
    const startedAt = clock();
    const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
    try {
      await this.#read(
        repository,
        startedAt,
        AbortSignal.any([signal, timeout]),
      );
    } catch (error) {
      // The replica is stopping: the lease brings the repository back.
      if (signal.aborted) return;
      const failure = timeout.aborted
        ? new SourceError(
            'timeout',
            `Reading ${repository.name} took longer than ${timeoutSeconds} seconds and was stopped.`,
            'Look at the host, or raise fettle.collect.timeout.',
          )
        : asSourceError(error, repository);
      const result = await store.saveFailure({
        repositoryId,
        reason: failure.toReason(),
        startedAt,
        dueAt: this.#retryAt(repository.failures),
      });
      // Each try that fails as the last one did is no news.
      const level = result.revision === null ? 'debug' : 'warn';
      logger[level](`${failure.message} (${failure.code})`, {
        repository: repository.name,
      });
      this.options.onChange(repository, result);
    }
  }

  async #read(
    repository: StoredRepository,
    startedAt: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, registry, checks, clock, everySeconds } = this.options;
    const source = registry.sources.get(repository.sourceId);
    if (!source) {
      throw new SourceError(
        'failed',
        `${repository.name} belongs to the source '${repository.sourceId}', which this backend does not have.`,
        'Add its module to the backend, or remove the repository.',
      );
    }
    const [snapshot, known, pipelines = []] = await Promise.all([
      source.snapshot(repository, { signal }),
      store.getFacts(repository.id),
      this.options.readPipelines?.(repository.id, startedAt),
    ]);
    const facts = await collectFacts({
      collectors: registry.collectors.values(),
      subpaths: repository.subpaths,
      snapshot,
      pipelines: pipelines.length > 0 ? pipelines : undefined,
      known,
      openTree: () =>
        source.readTree(repository, snapshot.head!.commit, { signal }),
      now: startedAt,
    });
    const current = merge(known, facts);
    const finishedAt = clock();
    const result = await store.saveCollection({
      repositoryId: repository.id,
      snapshot,
      facts,
      evaluations: repository.subpaths.map(subpath =>
        evaluateTarget({ subpath, checks, facts: current, now: finishedAt }),
      ),
      startedAt,
      finishedAt,
      dueAt: new Date(finishedAt.getTime() + everySeconds * 1000),
    });
    this.options.onChange(repository, result, snapshot);
  }

  /** 30 s, 1 min, 2 min … up to the usual interval. */
  #retryAt(failures: number): Date {
    const seconds = Math.min(
      this.options.everySeconds,
      30 * 2 ** Math.min(failures, 20),
    );
    return new Date(this.options.clock().getTime() + seconds * 1000);
  }
}

function merge(known: StoredFact[], collected: StoredFact[]): StoredFact[] {
  const facts = new Map<string, StoredFact>();
  for (const fact of [...known, ...collected]) {
    facts.set(`${fact.factId}\0${fact.subpath}`, fact);
  }
  return [...facts.values()];
}

function asSourceError(
  error: unknown,
  repository: StoredRepository,
): SourceError {
  if (error instanceof SourceError) return error;
  return new SourceError(
    'failed',
    `Reading ${repository.name} failed: ${
      error instanceof Error ? error.message : error
    }`,
    'See the log of the backend; the next reading tries again.',
  );
}
