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
import { z } from 'zod';
import {
  jobSchema,
  repositorySchema,
  runSchema,
  timeOf,
  toJobReport,
  toRunReport,
} from '../reports';
import type { GithubApi } from './GithubApi';
import { readTail } from './readTail';

const PER_PAGE = 100;
const MOST_RUN_PAGES = 3;
const MOST_JOB_PAGES = 50;
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
    /** By host. */
    private readonly apis: ReadonlyMap<string, GithubApi>,
    private readonly fetchLog: typeof fetch = fetch,
  ) {}

  covers(location: RepositoryLocation): boolean {
    return this.apis.has(hostOf(location)) && slugOf(location) !== undefined;
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
      const { data } = await this.#ask(location, RUN, 'routine', signal, {
        per_page: PER_PAGE,
        page,
      });
      const { workflow_runs: found } = this.#parse(runsSchema, data, location);
      const reports = found.map(run => toRunReport(run, run.repository));
      runs.push(...reports.filter(({ at }) => !at || at >= from));
      // Newest first: what follows began earlier still.
      const oldest = timeOf(found.at(-1)?.created_at);
      if (found.length < PER_PAGE || (oldest && oldest < from)) {
        return { runs, complete: true };
      }
    }
    return { runs, complete: false };
  }

  async readRun(
    location: RepositoryLocation,
    run: RunRef,
    { signal }: AskOptions,
  ): Promise<RunReport> {
    const route = `${RUN}/{run_id}/attempts/{attempt_number}`;
    const which = { run_id: run.runId, attempt_number: run.attempt };
    const { data } = await this.#ask(location, route, 'routine', signal, which);
    const found = this.#parse(fullRunSchema, data, location);
    const jobs: RunReport['jobs'] = [];
    for (let page = 1; page <= MOST_JOB_PAGES; page++) {
      const answer = await this.#ask(
        location,
        `${route}/jobs`,
        'routine',
        signal,
        { ...which, per_page: PER_PAGE, page },
      );
      const told = this.#parse(jobsSchema, answer.data, location);
      jobs.push(...told.jobs.map(toJobReport));
      if (told.jobs.length < PER_PAGE) break;
    }
    return { ...toRunReport(found, found.repository), jobs, allJobs: true };
  }

  async readLog(
    location: RepositoryLocation,
    _run: RunRef,
    jobId: string,
    { signal, maxBytes }: AskOptions & { maxBytes: number },
  ): Promise<LogTailReading> {
    const { status, headers } = await this.#ask(
      location,
      'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
      'person',
      signal,
      { job_id: jobId },
      'manual',
    );
    const place = headers.location;
    if (status !== 302 || typeof place !== 'string') {
      throw this.#odd(location, `no place of the log of job ${jobId}`);
    }
    // The store of logs proves itself by the address; it gets no token.
    let response: Response;
    try {
      response = await this.fetchLog(place, {
        headers: { range: `bytes=-${maxBytes}` },
        signal,
      });
    } catch (error) {
      throw new SourceError(
        'unreachable',
        `The store of logs of ${hostOf(location)} cannot be reached.`,
        'Check the network between the portal and the store.',
        error,
      );
    }
    if (response.status === 416) return { text: '', truncated: false };
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new SourceError(
        response.status === 404 ? 'not-found' : 'failed',
        `The store of logs answered ${response.status} (${location.name}).`,
        'Logs are deleted after a while; see the run on the host.',
      );
    }
    const { text, total } = await readTail(response.body, maxBytes);
    const range = /^bytes (\d+)-/.exec(
      response.headers.get('content-range') ?? '',
    );
    const skipped = range ? Number(range[1]) : total - maxBytes;
    return { text, truncated: skipped > 0 };
  }

  async rerun(
    location: RepositoryLocation,
    { runId }: RunRef,
    { signal, failedOnly }: AskOptions & { failedOnly: boolean },
  ): Promise<void> {
    const what = failedOnly ? 'rerun-failed-jobs' : 'rerun';
    const route = `POST /repos/{owner}/{repo}/actions/runs/{run_id}/${what}`;
    await this.#ask(location, route, 'person', signal, { run_id: runId });
  }

  async cancel(
    location: RepositoryLocation,
    { runId }: RunRef,
    { signal }: AskOptions,
  ): Promise<void> {
    const route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel';
    await this.#ask(location, route, 'person', signal, { run_id: runId });
  }

  #ask(
    location: RepositoryLocation,
    route: string,
    purpose: CallPurpose,
    signal: AbortSignal,
    parameters: Record<string, unknown>,
    redirect?: 'manual',
  ) {
    const slug = slugOf(location);
    const api = this.apis.get(hostOf(location));
    if (!slug || !api) {
      throw new SourceError(
        'invalid',
        `${location.remote} is not on a host of fettle.github.hosts.`,
        'Add its host there.',
      );
    }
    return api.request({
      ...{ route, purpose, signal, redirect },
      parameters: { ...slug, ...parameters },
      about: `${slug.owner}/${slug.repo}`,
    });
  }

  #parse<T>(
    schema: z.ZodType<T>,
    data: unknown,
    location: RepositoryLocation,
  ): T {
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data;
    throw this.#odd(
      location,
      typeof data === 'string'
        ? 'text that is not JSON'
        : `a form that is not expected at '${parsed.error.issues[0]?.path.join(
            '.',
          )}'`,
    );
  }

  #odd(location: RepositoryLocation, what: string): SourceError {
    return new SourceError(
      'corrupt',
      `${hostOf(location)} answered about ${location.name} with ${what}.`,
      'See whether a proxy or a maintenance page answers in its place.',
    );
  }
}

function hostOf({ remote }: RepositoryLocation): string {
  return URL.canParse(remote) ? new URL(remote).host.toLowerCase() : '';
}

function slugOf({ remote }: RepositoryLocation) {
  const [, owner, repo] =
    /^https?:\/\/[^/]+\/([\w.-]+)\/([\w.-]+)$/.exec(remote) ?? [];
  return owner && repo ? { owner, repo } : undefined;
}
