import type { RunReport } from 'backstage-plugin-fettle-node';
import type { ProjectApi } from '../api/ProjectApi';
import { jobSchema, subjectOf, toJobReport, type Job } from '../reports';
import { timeOf } from '../times';

/** 10,000 jobs. */
const MOST_PAGES = 100;

/**
 * All jobs of a pipeline, and those that start other pipelines, which hosts
 * list by themselves. They also tell the commit, which the pipeline does not.
 */
export async function readJobs(
  project: ProjectApi,
  runId: string,
): Promise<
  Pick<RunReport, 'jobs' | 'allJobs' | 'commitSubject' | 'committedAt'>
> {
  const path = `/pipelines/${encodeURIComponent(runId)}`;
  const paging = { mostPages: MOST_PAGES };
  const own = await project.readAll(`${path}/jobs`, jobSchema, paging);
  const bridges = await project.readAll(`${path}/bridges`, jobSchema, paging);
  return {
    jobs: [
      ...inOrder(own.items).map(job => toJobReport(job, { logged: true })),
      ...inOrder(bridges.items).map(job => toJobReport(job, { logged: false })),
    ],
    allJobs: own.complete && bridges.complete,
    ...commitOf([...own.items, ...bridges.items]),
  };
}

/** As they were made; hosts list the newest first. */
function inOrder(jobs: readonly Job[]): Job[] {
  return [...jobs].sort((a, b) => a.id - b.id);
}

function commitOf(jobs: readonly Job[]) {
  const commit = jobs.find(job => job.commit)?.commit;
  return {
    commitSubject: subjectOf(commit?.message),
    committedAt: timeOf(commit?.committed_date ?? commit?.created_at),
  };
}
