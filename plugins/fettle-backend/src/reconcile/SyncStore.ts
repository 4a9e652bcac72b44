import type { Reason } from 'backstage-plugin-fettle-common';

/** A repository and a source that can be asked about its runs. */
export interface Coverage {
  repositoryId: string;
  sourceId: string;
  host: string;
}

/** What was asked of a source about a repository so far. */
export interface Sync extends Coverage {
  /** Everything up to here was asked for; null before the first time. */
  syncedAt: string | null;
  heardAt: string | null;
  failures: number;
}

/** Of one source: how far asking has come. */
export interface SyncStatus {
  sourceId: string;
  hosts: string[];
  repositories: number;
  /** Due for longer than the grace that was given. */
  overdue: number;
  failing: number;
  lastSuccessAt: string | null;
  /** The oldest time that any of them was asked up to; null where one never was. */
  oldestSyncedAt: string | null;
  errors: {
    repositoryId: string;
    name: string;
    at: string;
    reason: Reason;
  }[];
}

/** What was asked of hosts about the runs of each repository. */
export interface SyncStore {
  /** Makes what is covered known, due at once; forgets what is covered no longer. */
  cover(coverage: readonly Coverage[], now: Date): Promise<void>;
  /** The longest due, leaving out hosts that take no questions now; taken until `leaseUntil`. */
  claim(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
    withoutHosts: readonly string[];
  }): Promise<Sync[]>;
  succeeded(
    sync: Coverage,
    result: {
      syncedAt: Date;
      dueAt: Date;
      /** What could not be had beside; asking goes on as usual. */
      reason?: Reason;
    },
  ): Promise<void>;
  failed(
    sync: Coverage,
    result: { reason: Reason; at: Date; dueAt: Date; counts: boolean },
  ): Promise<void>;
  status(overdueBefore: Date): Promise<SyncStatus[]>;
}
