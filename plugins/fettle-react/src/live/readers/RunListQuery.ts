import type { RunQuery } from 'backstage-plugin-fettle-common';

/**
 * Which runs of a repository. A filter that is absent allows everything.
 *
 * @public
 */
export type RunListQuery = Pick<
  Partial<RunQuery>,
  'subpath' | 'branch' | 'pipeline' | 'state' | 'event'
>;
