/** What a rule must find, and what looks like that and is none. With the path where it counts. */
export interface Example {
  bad: readonly Sample[];
  good: readonly Sample[];
}

/** Text in any file, or in a file of that path. */
export type Sample = string | { path: string; text: string };
