import type {
  AskOptions,
  LogTailReading,
  PipelineSource,
  RepositoryLocation,
  RunRef,
  RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import {
  jobSchema,
  repositorySchema,
  runSchema,
  timeOf,
  toJobReport,
  toRunReport,
} from '../reports';
import type { GithubHosts } from '../api/GithubHosts';
import { oddAnswer } from '../api/parseAnswer';
import { hostOf } from '../locate/slug';
import { listDeployments } from './listDeployments';
import { readLogTail } from './readLogTail';

const PER_PAGE = 100;
const MOST_RUN_PAGES = 3;
const MOST_JOB_PAGES = 100;
const RUN = 'GET /repos/{owner}/{repo}/actions/runs';

const fullRunSchema = runSchema.extend({ repository: repositorySchema });
const runsSchema = z.object({ workflow_runs: z.array(fullRunSchema) });
const jobsSchema = z.object({
  total_count: z.number(),
  jobs: z.array(jobSchema),
});

/** Asks GitHub hosts about workflow runs, and tells them what to do with them. */
export class GithubPipelineSource implements PipelineSource {
  readonly id = 'github';
  readonly title = 'GitHub';
  readonly rerunsFailed = true;

  constructor(
    private readonly hosts: GithubHosts,
    private readonly fetchLog: typeof fetch = fetch,
  ) {}

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
    const runs: RunReport[] = [];
    const from = since.toISOString();
    for (let page = 1; page <= MOST_RUN_PAGES; page++) {
      const { workflow_runs: found } = await this.hosts.read(location, {
        route: RUN,
        parameters: { per_page: PER_PAGE, page },
        ...{ schema: runsSchema, signal },
      });
      const reports = found.map(run => toReport(run, location));
      runs.push(...reports.filter(({ at }) => !at || at >= from));
      // Newest first: what follows began earlier still.
      const oldest = timeOf(found.at(-1)?.created_at);
      if (found.length < PER_PAGE || (oldest && oldest < from)) {
        return { runs, complete: true };
      }
    }
    return { runs, complete: false };
  }

  async listDeployments(
    location: RepositoryLocation,
    options: AskOptions & { since: Date },
  ) {
    return listDeployments(this.hosts, location, options);
  }

  async readRun(
    location: RepositoryLocation,
    run: RunRef,
    { signal }: AskOptions,
  ): Promise<RunReport> {
    const route = `${RUN}/{run_id}/attempts/{attempt_number}`;
    const which = { run_id: run.runId, attempt_number: run.attempt };
    const found = await this.hosts.read(location, {
      ...{ route, parameters: which, schema: fullRunSchema, signal },
    });
    const jobs: NonNullable<RunReport['jobs']> = [];
    let total = Infinity;
    for (let page = 1; page <= MOST_JOB_PAGES; page++) {
      const told = await this.hosts.read(location, {
        route: `${route}/jobs`,
        parameters: { ...which, per_page: PER_PAGE, page },
        ...{ schema: jobsSchema, signal },
      });
      jobs.push(...told.jobs.map(toJobReport));
      total = told.total_count;
      if (jobs.length >= total || told.jobs.length === 0) break;
    }
    const allJobs = jobs.length >= total;
    return { ...toReport(found, location), jobs, allJobs };
  }

  async readLog(
    location: RepositoryLocation,
    _run: RunRef,
    jobId: string,
    { signal, maxBytes }: AskOptions & { maxBytes: number },
  ): Promise<LogTailReading> {
    const { status, headers } = await this.hosts.ask(location, {
      route: 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
      parameters: { job_id: jobId },
      ...{ purpose: 'person', signal, redirect: 'manual' },
    });
    const place = headers.location;
    if (status !== 302 || typeof place !== 'string') {
      throw oddAnswer(`no place of the log of job ${jobId}`, {
        host: hostOf(location),
        about: location.remote,
      });
    }
    return readLogTail(place, {
      ...{ signal, maxBytes, about: location.remote, fetchLog: this.fetchLog },
    });
  }

  async rerun(
    location: RepositoryLocation,
    { runId }: RunRef,
    { signal, failedOnly }: AskOptions & { failedOnly: boolean },
  ): Promise<void> {
    const what = failedOnly ? 'rerun-failed-jobs' : 'rerun';
    await this.hosts.ask(location, {
      route: `POST /repos/{owner}/{repo}/actions/runs/{run_id}/${what}`,
      parameters: { run_id: runId },
      ...{ purpose: 'person', signal },
    });
  }

  async cancel(
    location: RepositoryLocation,
    { runId }: RunRef,
    { signal }: AskOptions,
  ): Promise<void> {
    await this.hosts.ask(location, {
      route: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel',
      parameters: { run_id: runId },
      ...{ purpose: 'person', signal },
    });
  }
}

/** Of the repository that was asked about, however GitHub writes its name by now. */
function toReport(
  run: z.output<typeof fullRunSchema>,
  { remote }: RepositoryLocation,
): RunReport {
  return toRunReport(run, { ...run.repository, html_url: remote });
}
