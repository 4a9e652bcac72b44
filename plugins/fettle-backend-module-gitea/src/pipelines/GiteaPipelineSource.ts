import {
  SourceError,
  type AskOptions,
  type CallPurpose,
  type LogTailReading,
  type PipelineSource,
  type RepositoryLocation,
  type RunRef,
  type RunReport,
} from 'backstage-plugin-fettle-node';
import type { GiteaHosts } from '../api/GiteaHosts';
import { readPages } from '../api/readPages';
import type { RepositoryApi } from '../api/RepositoryApi';
import { hostOf } from '../locate/slug';
import { explainUnknown } from './explainUnknown';
import { attemptTold, HostedRuns } from './HostedRuns';
import { readLogTail } from './readLogTail';

/** 300 runs. */
const MOST_RUN_PAGES = 6;

/** Asks Gitea and Forgejo about the runs of their actions, and tells them what to do with them. */
export class GiteaPipelineSource implements PipelineSource {
  readonly id = 'gitea';
  readonly title = 'Gitea and Forgejo';
  readonly rerunsFailed = true;

  constructor(private readonly hosts: GiteaHosts) {}

  covers(location: RepositoryLocation): boolean {
    return this.hosts.has(location);
  }

  hostOf(location: RepositoryLocation): string {
    return hostOf(location);
  }

  async listRuns(
    location: RepositoryLocation,
    { since, signal }: AskOptions & { since: Date },
  ) {
    const repository = this.hosts.open(location, { signal });
    const hosted = new HostedRuns(repository);
    const from = since.toISOString();
    try {
      const { items, complete } = await readPages({
        mostPages: MOST_RUN_PAGES,
        read: async paging => {
          const { items: found, total } = await hosted.list(paging);
          return { items: found.map(run => hosted.toReport(run)), total };
        },
        // Newest first: what follows began earlier still.
        enough: runs => (began(runs.at(-1)) ?? from) < from,
      });
      const runs = items.filter(({ at }) => !at || at >= from);
      return { runs, complete };
    } catch (error) {
      return explainUnknown(error, repository, {
        what: 'does not list runs: that takes Gitea 1.25 or Forgejo 12',
        // A repository without actions has no runs.
        without: { runs: [], complete: true },
      });
    }
  }

  async readRun(
    location: RepositoryLocation,
    { runId, attempt }: RunRef,
    { signal }: AskOptions,
  ): Promise<RunReport> {
    const repository = this.hosts.open(location, { signal });
    const hosted = new HostedRuns(repository);
    const last = await hosted.read(runId);
    const run =
      attemptTold(last) === attempt
        ? last
        : await hosted.readAttempt(runId, attempt);
    const report = hosted.toReport(run);
    try {
      return { ...report, ...(await hosted.readJobs(run)) };
    } catch (error) {
      // Forgejo tells of jobs since version 16: before, they are not known.
      if (run.by === 'forgejo' && isNotFound(error)) return report;
      throw error;
    }
  }

  async readLog(
    location: RepositoryLocation,
    _run: RunRef,
    jobId: string,
    options: AskOptions & { maxBytes: number },
  ): Promise<LogTailReading> {
    const repository = this.#open(location, options.signal, 'person');
    return readLogTail(repository, jobId, options);
  }

  async rerun(
    location: RepositoryLocation,
    run: RunRef,
    { signal, failedOnly }: AskOptions & { failedOnly: boolean },
  ): Promise<void> {
    const repository = this.#open(location, signal, 'person');
    await command(repository, run, {
      path: failedOnly ? 'rerun-failed-jobs' : 'rerun',
      what: 'cannot run it again through its API: that takes Gitea 1.26, and Forgejo cannot',
    });
  }

  async cancel(
    location: RepositoryLocation,
    run: RunRef,
    { signal }: AskOptions,
  ): Promise<void> {
    const repository = this.#open(location, signal, 'person');
    await command(repository, run, {
      path: 'cancel',
      what: 'cannot end it through its API: that takes Gitea 1.28 or Forgejo 16',
    });
  }

  #open(
    location: RepositoryLocation,
    signal: AbortSignal,
    purpose: CallPurpose,
  ): RepositoryApi {
    return this.hosts.open(location, { signal, purpose });
  }
}

/** Where the host does not know what it is told, it is asked for the run. */
async function command(
  repository: RepositoryApi,
  { runId }: RunRef,
  { path, what }: { path: string; what: string },
): Promise<void> {
  const id = encodeURIComponent(runId);
  try {
    await repository.ask('POST', `/actions/runs/${id}/${path}`);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    // Throws where the run itself is gone.
    await new HostedRuns(repository).read(runId);
    throw repository.error('failed', what, 'Do it on the host.');
  }
}

function began(run: RunReport | undefined): string | undefined {
  return run?.queuedAt ?? run?.startedAt;
}

function isNotFound(error: unknown): boolean {
  return error instanceof SourceError && error.code === 'not-found';
}
