import type { PipelineSource, RunCause } from 'backstage-plugin-fettle-node';
import type { FettleStore, StoredRepository } from '../../../store/FettleStore';
import type {
  BranchStanding,
  FailedJob,
  JobHistory,
  PlaybookStore,
} from '../../../store/playbooks/PlaybookStore';
import { classifyLog } from './classifyLog';

const LOG_BYTES = 64 * 1024;
const LOG_MS = 20_000;
/** Logs of one run; where more jobs failed, it is not taken for transient. */
const MOST_LOGS = 5;
const MOST_KNOWN = 5_000;
/** A log that could not be read is asked for again after this. */
const AGAIN_MS = 60_000;
const HISTORY_MS = 60 * 24 * 60 * 60 * 1000;

/** Why a run failed, and which of its jobs did. */
export interface Failure {
  cause: RunCause;
  jobs: FailedJob[];
}

type JobCause = ReturnType<typeof classifyLog> | 'unread';

/**
 * Tells why runs failed: by the ends of the logs of the jobs that failed, and
 * by how these jobs went before. Each run is looked at once.
 */
export class CauseFinder {
  readonly #known = new Map<string, { until: number; failure: Failure }>();
  readonly #asked = new Map<string, Promise<Failure>>();

  constructor(
    private readonly options: {
      store: PlaybookStore;
      repositories: Pick<FettleStore, 'getRepository'>;
      sources: ReadonlyMap<string, PipelineSource>;
      clock: () => Date;
    },
  ) {}

  async find(
    repositoryId: string,
    standing: BranchStanding,
    { quick = false } = {},
  ): Promise<Failure> {
    const { id } = standing.newest;
    const known = this.#known.get(id);
    if (known && known.until > this.options.clock().getTime()) {
      return known.failure;
    }
    if (quick) {
      const jobs = await this.options.store.failedJobs(id);
      return { cause: known?.failure.cause ?? 'unknown', jobs };
    }
    const asked =
      this.#asked.get(id) ??
      this.#look(repositoryId, standing).finally(() => this.#asked.delete(id));
    this.#asked.set(id, asked);
    return asked;
  }

  async #look(
    repositoryId: string,
    standing: BranchStanding,
  ): Promise<Failure> {
    const { store, repositories, clock } = this.options;
    const { newest, pipelineId } = standing;
    const now = clock().getTime();
    const [jobs, repository] = await Promise.all([
      store.failedJobs(newest.id),
      repositories.getRepository(repositoryId),
    ]);
    // Jobs may be told later than their run.
    if (jobs.length === 0 || !repository) return { cause: 'unknown', jobs };
    const history = await store.jobHistory(repositoryId, {
      ...{ pipelineId, commit: newest.commit },
      jobs: jobs.map(({ name }) => name),
      since: new Date(now - HISTORY_MS),
    });
    const causes = await Promise.all(
      jobs.map((job, i) =>
        i < MOST_LOGS ? this.#byLog(repository, standing, job) : 'unread',
      ),
    );
    const failure = { cause: decide(standing, jobs, causes, history), jobs };
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    const again = causes.includes('unread') && jobs.length <= MOST_LOGS;
    const until = again ? now + AGAIN_MS : Infinity;
    this.#known.set(newest.id, { until, failure });
    return failure;
  }

  async #byLog(
    repository: StoredRepository,
    { sourceId, newest }: BranchStanding,
    job: FailedJob,
  ): Promise<JobCause> {
    const source = this.options.sources.get(sourceId);
    if (!job.hasLog || !source?.readLog || !source.covers(repository)) {
      return 'unread';
    }
    try {
      const { text } = await source.readLog(repository, newest.ref, job.id, {
        signal: AbortSignal.timeout(LOG_MS),
        maxBytes: LOG_BYTES,
      });
      return classifyLog(text);
    } catch {
      // Whatever the reason: without its log the cause is not known by it.
      return 'unread';
    }
  }
}

/** Transient only where every job that failed is. */
function decide(
  standing: BranchStanding,
  jobs: readonly FailedJob[],
  byLog: readonly JobCause[],
  history: JobHistory,
): RunCause {
  const { newest, goodCommit } = standing;
  const causes = jobs.map(({ name }, i): RunCause => {
    const cause = byLog[i];
    if (cause === undefined || cause === 'unread' || cause === 'fault') {
      return isFlaky(name, history) ? 'flaky-test' : 'unknown';
    }
    return cause;
  });
  if (causes.every(cause => cause !== 'unknown')) return causes[0];
  const broken =
    goodCommit !== null &&
    newest.commit !== null &&
    newest.commit !== goodCommit &&
    jobs.every(
      ({ name }, i) =>
        (byLog[i] === undefined || byLog[i] === 'fault') &&
        !history.passedHere.includes(name),
    );
  return broken ? 'change' : 'unknown';
}

/** It passed here, or did both elsewhere and failed here but once. */
function isFlaky(name: string, history: JobHistory): boolean {
  return (
    history.passedHere.includes(name) ||
    (history.flaky.includes(name) && (history.failedHere[name] ?? 0) <= 1)
  );
}
