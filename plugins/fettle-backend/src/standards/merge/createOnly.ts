import type { MergeStrategy } from './MergeStrategy';

/** What is there is the repository's own. */
export const createOnly: MergeStrategy = {
  id: 'create-only',
  merge: ({ current, wanted }) => ({ content: current ?? wanted }),
};
