import type { RepositoryRow, RollupRow, VerdictRow } from '../tables';

/** What the last readings of a repository left, as far as the next one is compared with it. */
export interface StoredReading {
  repository: RepositoryRow;
  /** By subpath. */
  rollups: Map<string, RollupRow>;
  /** By subpath. */
  verdicts: Map<string, VerdictRow[]>;
  /** The folders that entities claim. */
  claimed: Set<string>;
}
