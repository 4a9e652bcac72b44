/** Something that the portal did, as its own process timed it. */
export interface Mark {
  name: string;
  /** Of the monotonic clock, in milliseconds. */
  start: number;
  end: number;
  /** The remote or id of the repository, where there is one. */
  of?: string;
}

/** Begins each line in which the portal of a bench tells its marks. */
export const MARKS = 'bench-marks ';

/** Names a repository that the source shall not watch, so that only a delivery tells of its pushes. */
export const UNWATCHED = 'FETTLE_BENCH_UNWATCHED';
