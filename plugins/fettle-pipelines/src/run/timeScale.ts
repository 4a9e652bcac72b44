import type { Job, Run } from 'backstage-plugin-fettle-common';

type Moment = string | null;

/** Where moments lie on the width of a timeline. */
export interface TimeScale {
  /** From 0 to 100. */
  place(at: string): number;
  /** The end of what is shown, as a moment: of what still runs. */
  end: number;
}

function known(moments: readonly Moment[]): number[] {
  return moments
    .map(moment => (moment === null ? NaN : Date.parse(moment)))
    .filter(at => !Number.isNaN(at));
}

/**
 * The scale from the first to the last moment that is known of a run, or to
 * now while it runs. A clock that is ahead of the reader's only moves the end.
 */
export function timeScale(
  run: Pick<Run, 'queuedAt' | 'startedAt' | 'finishedAt'>,
  jobs: Iterable<Pick<Job, 'queuedAt' | 'startedAt' | 'finishedAt'>>,
  /** In ms; undefined when the run is finished. */
  now: number | undefined,
): TimeScale {
  // A run may have been queued for hours: the timeline begins with the work.
  const begins = [run.startedAt];
  const ends = [run.startedAt, run.finishedAt];
  for (const job of jobs) {
    begins.push(job.startedAt);
    ends.push(job.startedAt, job.finishedAt);
  }
  const firsts = known(begins);
  const lasts = known(ends);
  if (now !== undefined) lasts.push(now);
  const from = firsts.length > 0 ? firsts.reduce((a, b) => Math.min(a, b)) : 0;
  const end = lasts.length > 0 ? lasts.reduce((a, b) => Math.max(a, b)) : 0;
  const span = Math.max(1, end - from);
  return {
    end,
    place: at =>
      Math.min(100, Math.max(0, (100 * (Date.parse(at) - from)) / span)),
  };
}
