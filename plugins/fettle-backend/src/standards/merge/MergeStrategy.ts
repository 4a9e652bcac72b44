import type { MergeStrategy as StrategyId } from 'backstage-plugin-fettle-common';

/** One file of a standard, and what a repository has in its place. Line ends are `\n`. */
export interface MergeInput {
  path: string;
  /** Null where the repository has no such file. */
  current: string | null;
  /** What the standard says, rendered. */
  wanted: string;
  /** What it said when the repository followed it last; null for never. */
  base: string | null;
  /** Of the standard, for what is marked as its own. */
  standardId: string;
  /** How lists are merged: taken over, or what is missing is added at their end. */
  lists: 'replace' | 'add';
}

/** The file as it should be, or why that cannot be said. */
export type MergeResult = { content: string | null } | { conflict: string };

/** One way to bring a file into a repository. Pure; merged twice is merged once. */
export interface MergeStrategy {
  readonly id: StrategyId;
  merge(input: MergeInput): MergeResult;
}
