import type { PlanContext } from 'backstage-plugin-fettle-node';

/** What steps may ask besides the tree. What is told of a commit stays so: a plan does not hang on it. */
export type Lookups = Pick<
  PlanContext<unknown>,
  'treeAt' | 'readCommit' | 'releases'
>;
