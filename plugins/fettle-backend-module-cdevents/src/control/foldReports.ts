import type { JobReport, RunReport } from 'backstage-plugin-fettle-node';

/**
 * Makes one report of each run, and one of each of its jobs, from reports in the
 * order in which they happened: what comes later adds to what was said before.
 */
export function foldReports(reports: readonly RunReport[]): RunReport[] {
  const runs = new Map<string, RunReport>();
  const jobs = new Map<string, Map<string, JobReport>>();
  for (const { jobs: told = [], ...report } of reports) {
    const key = JSON.stringify([report.runId, report.attempt ?? 1]);
    const before = runs.get(key);
    runs.set(
      key,
      report.state === undefined && before
        ? before
        : { ...before, ...known(report) },
    );
    const ofRun = jobs.get(key) ?? new Map<string, JobReport>();
    jobs.set(key, ofRun);
    for (const job of told) {
      ofRun.set(job.id, { ...ofRun.get(job.id), ...known(job) });
    }
  }
  return [...runs].map(([key, run]) => {
    const told = [...jobs.get(key)!.values()];
    return told.length > 0 ? { ...run, jobs: told } : run;
  });
}

function known<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as T;
}
