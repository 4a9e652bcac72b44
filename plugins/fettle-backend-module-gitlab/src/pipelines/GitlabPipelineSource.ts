import {
  SourceError,
  type AskOptions,
  type CallPurpose,
  type LogTailReading,
  type PipelineSource,
  type ReportedRepository,
  type RepositoryLocation,
  type RunRef,
  type RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GitlabHosts } from '../api/GitlabHosts';
import type { ProjectApi } from '../api/ProjectApi';
import { deploymentSchema, toDeploymentReport } from '../deployments';
import { hostOf } from '../locate/slug';
import { pipelineSchema, toRunReport } from '../reports';
import { readJobs } from './readJobs';
import { readLogTail } from './readLogTail';
import { runAgain } from './runAgain';

/** 300 of each. */
const MOST_PAGES = 3;

/** Asks GitLab about pipelines, and tells it what to do with them. */
export class GitlabPipelineSource implements PipelineSource {
  readonly id = 'gitlab';
  readonly title = 'GitLab';
  readonly rerunsFailed = true;

  constructor(private readonly hosts: GitlabHosts) {}

  covers(location: RepositoryLocation): boolean {
    return this.hosts.has(location);
  }

  hostOf(location: RepositoryLocation): string {
    return hostOf(location);
  }

  /** Without those that pipelines started: lists leave them out. */
  async listRuns(
    location: RepositoryLocation,
    { since, signal }: AskOptions & { since: Date },
  ) {
    const project = this.hosts.open(location, { signal });
    try {
      const { items, complete } = await project.readAll(
        '/pipelines',
        pipelineSchema,
        { mostPages: MOST_PAGES, query: changedSince(since) },
      );
      return {
        runs: items.map(run =>
          toRunReport(run, aboutOf(location, run.project_id)),
        ),
        complete,
      };
    } catch (error) {
      return withoutBuilds(error, project, { runs: [], complete: true });
    }
  }

  async listDeployments(
    location: RepositoryLocation,
    { since, signal }: AskOptions & { since: Date },
  ) {
    const project = this.hosts.open(location, { signal });
    try {
      const { items, complete } = await project.readAll(
        '/deployments',
        deploymentSchema,
        { mostPages: MOST_PAGES, query: changedSince(since) },
      );
      const about = aboutOf(location);
      const deployments = items.flatMap(
        one => toDeploymentReport(one, about) ?? [],
      );
      return { deployments, complete };
    } catch (error) {
      return withoutBuilds(error, project, { deployments: [], complete: true });
    }
  }

  async readRun(
    location: RepositoryLocation,
    { runId }: RunRef,
    { signal }: AskOptions,
  ): Promise<RunReport> {
    const project = this.hosts.open(location, { signal });
    const path = `/pipelines/${encodeURIComponent(runId)}`;
    const pipeline = await project.read(path, pipelineSchema);
    const report = toRunReport(
      pipeline,
      aboutOf(location, pipeline.project_id),
    );
    return { ...report, ...(await readJobs(project, runId)) };
  }

  async readLog(
    location: RepositoryLocation,
    _run: RunRef,
    jobId: string,
    options: AskOptions & { maxBytes: number },
  ): Promise<LogTailReading> {
    const project = this.#open(location, options.signal, 'person');
    return readLogTail(project, jobId, options);
  }

  async rerun(
    location: RepositoryLocation,
    run: RunRef,
    { signal, failedOnly }: AskOptions & { failedOnly: boolean },
  ): Promise<void> {
    const project = this.#open(location, signal, 'person');
    await runAgain(project, run.runId, { failedOnly });
  }

  async cancel(
    location: RepositoryLocation,
    { runId }: RunRef,
    { signal }: AskOptions,
  ): Promise<void> {
    const project = this.#open(location, signal, 'person');
    await project.post(`/pipelines/${encodeURIComponent(runId)}/cancel`);
  }

  #open(
    location: RepositoryLocation,
    signal: AbortSignal,
    purpose: CallPurpose,
  ): ProjectApi {
    return this.hosts.open(location, { signal, purpose });
  }
}

/** Newest first. */
function changedSince(since: Date) {
  return {
    updated_after: since.toISOString(),
    ...{ order_by: 'updated_at', sort: 'desc' },
  };
}

function aboutOf(
  { remote }: RepositoryLocation,
  id?: number | null,
): ReportedRepository {
  return { remote, ...(id ? { key: String(id) } : {}) };
}

/** Where pipelines are switched off, hosts refuse to list them: there are none. */
async function withoutBuilds<T>(
  error: unknown,
  project: ProjectApi,
  none: T,
): Promise<T> {
  const refused =
    error instanceof SourceError &&
    (error.code === 'unauthorized' || error.code === 'not-found');
  if (!refused) throw error;
  const schema = z.object({ builds_access_level: z.string().nullish() });
  const { builds_access_level: access } = await project.read('', schema);
  if (access === 'disabled') return none;
  throw error;
}
