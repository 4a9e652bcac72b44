import type { MergeStrategy } from './MergeStrategy';

/** The file is the standard's, whatever was there. */
export const replace: MergeStrategy = {
  id: 'replace',
  merge: ({ wanted }) => ({ content: wanted }),
};
