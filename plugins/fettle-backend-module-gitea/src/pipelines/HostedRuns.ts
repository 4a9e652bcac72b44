import type {
  JobReport,
  ReportedRepository,
  RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readPages } from '../api/readPages';
import type { RepositoryApi } from '../api/RepositoryApi';
import {
  forgejoJobSchema,
  forgejoRunSchema,
  toForgejoJobReport,
  toForgejoRunReport,
  type ForgejoRun,
} from '../forgejoReports';
import {
  attemptOf,
  jobSchema,
  repositorySchema,
  runSchema,
  toJobReport,
  toRunReport,
} from '../reports';

const MOST_JOB_PAGES = 200;

const giteaRunSchema = runSchema.extend({
  repository: repositorySchema.nullish(),
});
const runsSchema = z.object({
  workflow_runs: z.array(z.unknown()).nullish(),
  total_count: z.number().optional(),
});
const jobsSchema = z.object({
  jobs: z.array(jobSchema).nullish(),
  total_count: z.number().optional(),
});

/** A run as Gitea or Forgejo tells it: the two have no word in common. */
export type HostedRun =
  | { by: 'gitea'; run: z.output<typeof giteaRunSchema> }
  | { by: 'forgejo'; run: ForgejoRun };

/** The runs of one repository, whichever of the two its host is. */
export class HostedRuns {
  constructor(private readonly repository: RepositoryApi) {}

  async list(paging: { page: number; limit: number }) {
    const { repository } = this;
    const answer = repository.ask('GET', '/actions/runs', paging);
    const { workflow_runs: runs, total_count: total } = await repository.read(
      ...([answer, runsSchema] as const),
    );
    return { items: (runs ?? []).map(run => this.#parse(run)), total };
  }

  async read(runId: string): Promise<HostedRun> {
    const path = `/actions/runs/${encodeURIComponent(runId)}`;
    return this.#parse((await this.repository.ask('GET', path)).data);
  }

  /** An attempt of a run of Gitea that is not the last one. */
  async readAttempt(runId: string, attempt: number): Promise<HostedRun> {
    const path = `/actions/runs/${encodeURIComponent(
      runId,
    )}/attempts/${attempt}`;
    return this.#parse((await this.repository.ask('GET', path)).data);
  }

  /** All jobs, page by page. */
  async readJobs(
    hosted: HostedRun,
  ): Promise<{ jobs: JobReport[]; allJobs: boolean }> {
    const { repository } = this;
    if (hosted.by === 'forgejo') {
      const { run } = hosted;
      const path = `/actions/runs/${run.id}/jobs`;
      const answer = repository.ask('GET', path);
      // It gives them all at once.
      const jobs = await repository.read(answer, z.array(forgejoJobSchema));
      return {
        jobs: jobs.map((job, i) => toForgejoJobReport(job, i, run)),
        allJobs: true,
      };
    }
    const { id, run_attempt: attempt } = hosted.run;
    // Without the attempt it would be the last one by then.
    const which = attempt ? `/attempts/${attempt}` : '';
    const { items, complete, total } = await readPages({
      mostPages: MOST_JOB_PAGES,
      read: async paging => {
        const path = `/actions/runs/${id}${which}/jobs`;
        const answer = repository.ask('GET', path, paging);
        const told = await repository.read(answer, jobsSchema);
        return { items: told.jobs ?? [], total: told.total_count };
      },
    });
    return {
      jobs: items.map(toJobReport),
      allJobs: complete && items.length >= (total ?? 0),
    };
  }

  toReport(hosted: HostedRun): RunReport {
    const { remote } = this.repository.location;
    const id = hosted.run.repository?.id;
    // Of the repository that was asked about, however its name is written.
    const about: ReportedRepository = {
      remote,
      ...(id === undefined ? {} : { key: String(id) }),
    };
    return hosted.by === 'forgejo'
      ? toForgejoRunReport(hosted.run, about)
      : toRunReport(hosted.run, about);
  }

  #parse(data: unknown): HostedRun {
    const { repository } = this;
    return (data as { index_in_repo?: unknown } | null)?.index_in_repo ===
      undefined
      ? { by: 'gitea', run: repository.parse(data, giteaRunSchema) }
      : { by: 'forgejo', run: repository.parse(data, forgejoRunSchema) };
  }
}

/** The attempt that a host speaks of when it is asked for a run. */
export function attemptTold(hosted: HostedRun): number {
  return hosted.by === 'gitea' ? attemptOf(hosted.run) : 1;
}
