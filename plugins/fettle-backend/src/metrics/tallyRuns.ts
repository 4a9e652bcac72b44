import type { RunSample } from './rows';

/** What finished runs add up to. Tallies of different pipelines can be added. */
export interface RunTally {
  runs: number;
  succeeded: number;
  failed: number;
  /** In ms, of those that succeeded. */
  durations: number[];
  /** In ms, of those that succeeded or failed. */
  queues: number[];
  /** That a pipeline succeeded or failed on. */
  commits: number;
  /** That it succeeded on. */
  passed: number;
  /** That it both succeeded and failed on. */
  flaky: number;
  /** In ms, of each time that a default branch was red. */
  recoveries: number[];
}

/** The tally of one pipeline. */
export interface PipelineTally {
  repositoryId: string;
  pipelineId: string;
  tally: RunTally;
}

/** One tally for each pipeline. */
export function tallyRuns(runs: readonly RunSample[]): PipelineTally[] {
  const repositories = new Map<string, Map<string, RunSample[]>>();
  for (const run of runs) {
    let pipelines = repositories.get(run.repositoryId);
    if (!pipelines) {
      repositories.set(run.repositoryId, (pipelines = new Map()));
    }
    const known = pipelines.get(run.pipelineId);
    if (known) known.push(run);
    else pipelines.set(run.pipelineId, [run]);
  }
  return [...repositories].flatMap(([repositoryId, pipelines]) =>
    [...pipelines].map(([pipelineId, own]) => ({
      ...{ repositoryId, pipelineId },
      tally: tallyPipeline(own),
    })),
  );
}

/** All of them together. */
export function addTallies(tallies: Iterable<RunTally>): RunTally {
  const sum = emptyTally();
  for (const one of tallies) {
    sum.runs += one.runs;
    sum.succeeded += one.succeeded;
    sum.failed += one.failed;
    sum.commits += one.commits;
    sum.passed += one.passed;
    sum.flaky += one.flaky;
    // Not by spreading into push: its arguments are limited by the stack.
    for (const ms of one.durations) sum.durations.push(ms);
    for (const ms of one.queues) sum.queues.push(ms);
    for (const ms of one.recoveries) sum.recoveries.push(ms);
  }
  return sum;
}

function emptyTally(): RunTally {
  return {
    ...{ runs: 0, succeeded: 0, failed: 0 },
    ...{ durations: [], queues: [], recoveries: [] },
    ...{ commits: 0, passed: 0, flaky: 0 },
  };
}

function tallyPipeline(runs: readonly RunSample[]): RunTally {
  const tally = emptyTally();
  const passedOn = new Set<string>();
  const failedOn = new Set<string>();
  const onDefault: RunSample[] = [];
  for (const run of runs) {
    tally.runs += 1;
    const { state, commit, durationMs, queueMs } = run;
    if (state === 'succeeded') {
      tally.succeeded += 1;
      if (durationMs !== null) tally.durations.push(durationMs);
      if (commit) passedOn.add(commit);
    } else if (state === 'failed') {
      tally.failed += 1;
      if (commit) failedOn.add(commit);
    } else {
      continue;
    }
    if (queueMs !== null) tally.queues.push(queueMs);
    if (run.defaultBranch) onDefault.push(run);
  }
  tally.passed = passedOn.size;
  for (const commit of failedOn) if (passedOn.has(commit)) tally.flaky += 1;
  tally.commits = passedOn.size + failedOn.size - tally.flaky;
  tally.recoveries = recoveriesOf(onDefault);
  return tally;
}

/** For each time that it was red: from the first failure to the next success. */
function recoveriesOf(runs: readonly RunSample[]): number[] {
  const sorted = [...runs].sort(
    (a, b) => compare(a.finishedAt, b.finishedAt) || compare(a.state, b.state),
  );
  const times: number[] = [];
  let redSince: string | undefined;
  for (const { state, finishedAt } of sorted) {
    if (state === 'failed') {
      redSince ??= finishedAt;
    } else if (redSince !== undefined) {
      times.push(Date.parse(finishedAt) - Date.parse(redSince));
      redSince = undefined;
    }
  }
  return times;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
