import type { DriftState, Reason } from 'backstage-plugin-fettle-common';

/** How a repository stands against one standard. */
export interface StoredDrift {
  standardId: string;
  version: string;
  state: DriftState;
  /** Files and settings that differ. */
  paths: string[];
  /** ISO 8601; null for never. */
  checkedAt: string | null;
  commit: string | null;
  /** Why it is not known. */
  reason: Reason | null;
}

/** What is stored of drift. */
export interface DriftReader {
  /** Of every standard that has the repository in its scope. */
  drifts(repositoryId: string): Promise<StoredDrift[]>;
  /** Whether every folder of standards was read since the backend started. */
  wasRead(): boolean;
}
