import type { TargetScope } from 'backstage-plugin-fettle-common';
import type { z } from 'zod';
import type { RepositorySnapshot } from './RepositorySource';
import type { RepositoryTree } from './RepositoryTree';

/**
 * Names a fact and the shape of its value. Checks ask for facts by reference.
 *
 * @public
 */
export interface FactRef<T = unknown> {
  /** Unique among facts, lower case, for example `readme`. */
  readonly id: string;
  /** What a stored value is parsed with before a check sees it. JSON only. */
  readonly schema: z.ZodType<T>;
}

/** @public */
export function createFactRef<T>(options: {
  id: string;
  schema: z.ZodType<T>;
}): FactRef<T> {
  return options;
}

/**
 * How one pipeline stands on the default branch and what it did of late.
 *
 * @public
 */
export interface PipelineReading {
  id: string;
  name: string;
  /** Whether its last run on the default branch that succeeded or failed succeeded; null where there is none. */
  green: boolean | null;
  /** Since when it is so, ISO 8601. */
  since: string | null;
  /** The page of that run, where the host has one. */
  webUrl: string | null;
  /** Runs on any branch in the last 30 days that succeeded or failed. */
  decided: number;
  succeeded: number;
  /** Commits that it succeeded on in that time, and how many of those it failed on too: one more failure never lowers the share. */
  commits: number;
  flaky: number;
}

/**
 * What a collector may look at.
 *
 * @public
 */
export interface FactInput {
  /** The tree of the target: for a subpath, paths start at that folder. */
  tree: RepositoryTree;
  /** The tree of the whole repository, for what holds for a folder but lies above it. */
  whole: RepositoryTree;
  snapshot: RepositorySnapshot;
  /** How its pipelines stand, as hosts and CIs reported them; left out where no run is known. */
  pipelines?: readonly PipelineReading[];
  /** The folder that is looked at; `''` is the whole repository. */
  subpath: string;
  /** The time of the reading. */
  now: Date;
}

/**
 * Turns what a source gave into one typed value. A value is kept small: a few
 * kilobytes that a check can judge without reading the repository again.
 *
 * @public
 */
export interface FactCollector<T = unknown> {
  readonly fact: FactRef<T>;
  /** Raise it when the same commit would give another value: stored facts are then collected again. */
  readonly version: number;
  /** Once for a repository, or once for the root and each subpath that backs an entity. */
  readonly scope: TargetScope;
  /**
   * True where the value also depends on the time or on other branches: it is
   * then collected at each reading, else once for a commit. Such a collector does not
   * touch the tree.
   */
  readonly volatile?: boolean;
  collect(input: FactInput): Promise<T> | T;
}

/** @public */
export function createFactCollector<T>(
  collector: FactCollector<T>,
): FactCollector<T> {
  return collector;
}
