import type { RunState } from 'backstage-plugin-fettle-common';
import type { JobReport, StepReport } from 'backstage-plugin-fettle-node';
import type { JobRow } from './rows';
import { standsOver, utc } from './stateOrder';

const MOST_STEPS = 200;

/** A job after one more report, by the rules of {@link mergeRun}. */
export function mergeJob(
  stored: JobRow | undefined,
  report: JobReport,
  context: { run: string; position: number; mayReopen?: boolean },
): JobRow {
  const at = utc(report.at);
  const stands =
    !stored ||
    standsOver(
      { state: report.state, at },
      { state: stored.state as RunState, at: stored.at },
      context.mayReopen,
    );
  const merged: JobRow = stored
    ? { ...stored }
    : {
        run: context.run,
        job_id: report.id,
        position: context.position,
        name: report.name,
        state: report.state,
        host_state: null,
        at,
        queued_at: null,
        started_at: null,
        finished_at: null,
        runner: null,
        web_url: null,
        has_log: 0,
        steps: '[]',
      };
  const given = {
    queued_at: utc(report.queuedAt),
    started_at: utc(report.startedAt),
    finished_at: utc(report.finishedAt),
    runner: report.runner ?? null,
    web_url: report.webUrl ?? null,
  };
  for (const name of Object.keys(given) as (keyof typeof given)[]) {
    if (given[name] !== null && (stands || merged[name] === null)) {
      merged[name] = given[name];
    }
  }
  if (report.hasLog) merged.has_log = 1;
  if (report.steps && (stands || merged.steps === '[]')) {
    merged.steps = JSON.stringify(
      report.steps.slice(0, MOST_STEPS).map(toStep),
    );
  }
  if (stands) {
    merged.name = report.name;
    merged.state = report.state;
    merged.host_state = report.hostState ?? null;
    merged.at = at;
  }
  return merged;
}

function toStep(step: StepReport) {
  return {
    number: step.number,
    name: step.name,
    state: step.state,
    hostState: step.hostState ?? null,
    startedAt: utc(step.startedAt),
    finishedAt: utc(step.finishedAt),
  };
}
