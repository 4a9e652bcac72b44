import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RepositorySource } from 'backstage-plugin-fettle-node';
import type { FettleStore } from '../store/FettleStore';
import {
  foldersOf,
  type RunChange,
  type RunStore,
} from '../store/runs/RunStore';

const CONCURRENCY = 2;
/** More runs than this at once stay without what their commits would tell. */
const MOST_WAITING = 1_000;
const TIMEOUT_MS = 30_000;

/**
 * Finds out what hosts do not say of a run: the message and time of its commit,
 * and which folders of a monorepo it touched. What cannot be found out stays
 * unknown.
 */
export class CommitDescriber {
  readonly #waiting: RunChange[] = [];
  readonly #stopping = new AbortController();
  #running = 0;

  constructor(
    private readonly options: {
      sources: () => ReadonlyMap<string, RepositorySource>;
      store: Pick<FettleStore, 'getRepository'>;
      runs: Pick<RunStore, 'describe'>;
      logger: LoggerService;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {}

  /** Describes the commits of runs that are new. */
  add(changes: readonly RunChange[]): void {
    for (const change of changes) {
      if (change.from !== null || !change.commit) continue;
      if (this.#waiting.length >= MOST_WAITING) return;
      this.#waiting.push(change);
    }
    this.#next();
  }

  stop(): void {
    this.#stopping.abort();
    this.#waiting.length = 0;
  }

  #next(): void {
    while (this.#running < CONCURRENCY) {
      const change = this.#waiting.shift();
      if (!change) return;
      this.#running += 1;
      this.#describe(change)
        .catch(error =>
          this.options.logger.debug(
            `The commit of run ${change.id} stays undescribed: ${error}`,
          ),
        )
        .finally(() => {
          this.#running -= 1;
          this.#next();
        });
    }
  }

  async #describe(change: RunChange): Promise<void> {
    const { sources, store, runs, onChange } = this.options;
    const repository = await store.getRepository(change.repositoryId);
    if (!repository) return;
    const folders = foldersOf(repository);
    if (change.commitSubject && folders.length === 0) return;
    const source = sources().get(repository.sourceId);
    if (!source?.readCommit) return;
    const commit = await source.readCommit(repository, change.commit!, {
      signal: AbortSignal.any([
        this.#stopping.signal,
        AbortSignal.timeout(TIMEOUT_MS),
      ]),
      since: change.beforeCommit ?? undefined,
    });
    const touched = folders.filter(folder =>
      commit.paths.some(path => path.startsWith(`${folder}/`)),
    );
    const revision = await runs.describe(change.id, {
      subject: commit.subject,
      committedAt: commit.committedAt,
      // With paths missing, a folder that is not among them may still be touched.
      subpaths: commit.complete ? touched : null,
    });
    if (revision !== null) onChange(change.repositoryId, revision);
  }
}
