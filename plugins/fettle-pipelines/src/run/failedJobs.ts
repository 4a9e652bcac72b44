import type { Job } from 'backstage-plugin-fettle-common';
import type { RunWithJobs } from 'backstage-plugin-fettle-react';

type FailedJob = Pick<
  Job,
  'id' | 'name' | 'state' | 'webUrl' | 'steps' | 'hasLog'
>;

/** The jobs that failed, as far as they are known: a run of thousands names the first of them. */
export function failedJobs({ run, jobs }: RunWithJobs): FailedJob[] {
  const failed = new Map<string, FailedJob>();
  for (const job of run.jobs) {
    // Its log may be there; asking tells.
    if (job.state !== 'failed') continue;
    failed.set(job.id, { ...job, webUrl: null, steps: [], hasLog: true });
  }
  for (const job of jobs.values()) {
    if (job.state === 'failed') failed.set(job.id, job);
    else failed.delete(job.id);
  }
  return [...failed.values()];
}
