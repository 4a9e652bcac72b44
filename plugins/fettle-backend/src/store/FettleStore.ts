import type {
  Activity,
  ActivityItem,
  Changes,
  EntityClaim,
  EntityHealth,
  Evidence,
  Fleet,
  HistoryPoint,
  Reason,
  RepositoryPage,
  RepositoryQuery,
  RepositorySummary,
  ScoreLevel,
  VerdictCounts,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type {
  RepositoryLocation,
  RepositorySnapshot,
} from 'backstage-plugin-fettle-node';

/**
 * What a reader may see: everything, or the repositories that back one of these
 * entities together with those that back none.
 */
export type Visibility = 'everything' | { entityRefs: ReadonlySet<string> };

/** A repository as discovery found it. */
export interface DiscoveredRepository extends RepositoryLocation {
  /** Derived from the remote, see `discover/repositoryId.ts`. */
  id: string;
  sourceId: string;
}

/** An entity and the repository it names; `repositoryId` is null where `problem` says why. */
export interface DiscoveredClaim extends EntityClaim {
  repositoryId: string | null;
}

/** One complete round of discovery: what is not in it is gone. */
export interface Discovery {
  repositories: DiscoveredRepository[];
  claims: DiscoveredClaim[];
  at: Date;
}

/** A repository as the collector needs it. */
export interface StoredRepository extends DiscoveredRepository {
  /** The folders to judge: `''` and the subpath of each entity. Sorted. */
  subpaths: string[];
  headCommit: string | null;
  entityRefs: string[];
  /** Readings that failed since the last that did not. */
  failures: number;
}

/** A collected fact: its value, or why there is none. */
export interface StoredFact {
  subpath: string;
  factId: string;
  version: number;
  /** The commit it was read at; null for a repository without one. */
  commit: string | null;
  collectedAt: string;
  value?: unknown;
  problem?: Reason;
}

/** A verdict as evaluation hands it over. */
export interface EvaluatedVerdict {
  checkId: string;
  title: string;
  status: VerdictStatus;
  message: string;
  evidence: Evidence[];
  moreEvidence: number;
  weight: number;
  points: number;
  worth: number;
}

/** All verdicts on one folder of a repository, and what they come to. */
export interface Evaluation {
  subpath: string;
  verdicts: EvaluatedVerdict[];
  score: number | null;
  upTo: number | null;
  level: ScoreLevel;
  counts: VerdictCounts;
}

/** One successful reading of a repository. */
export interface Collection {
  repositoryId: string;
  snapshot: RepositorySnapshot;
  /** The facts read this time; facts that are not in it stay. */
  facts: StoredFact[];
  /** One for each folder of the repository; folders that are not in it are dropped. */
  evaluations: Evaluation[];
  /** When the reading began. An older reading never overwrites a newer one. */
  startedAt: Date;
  finishedAt: Date;
  /** When to read again. */
  dueAt: Date;
}

/** One reading that failed. */
export interface CollectionFailure {
  repositoryId: string;
  reason: Reason;
  startedAt: Date;
  dueAt: Date;
}

/** What a write changed; `revision` is null where it changed nothing that a reader can see. */
export interface WriteResult {
  revision: number | null;
  /** For the domain event; absent where nothing changed. */
  change?: ActivityItem & { state: string };
}

/** A stored verdict with its evidence. */
export interface StoredVerdict extends EvaluatedVerdict {
  since: string;
  evaluatedAt: string;
  commit: string | null;
}

/** The numbers of one folder of a repository. */
export interface StoredTarget {
  subpath: string;
  verdicts: StoredVerdict[];
  days: HistoryPoint[];
}

/**
 * Everything Fettle remembers. Each write is one transaction that also draws
 * the next revision when it changed something that a reader can see: the
 * revision is a counter row updated inside the transaction, so that revisions
 * are committed in their order.
 */
export interface FettleStore {
  /** Replaces what is known of repositories and claims. */
  saveDiscovery(discovery: Discovery): Promise<{
    revision: number | null;
    added: string[];
    removed: string[];
    /** Known before, but now with other folders to judge: due at once. */
    changed: string[];
  }>;

  getRepository(id: string): Promise<StoredRepository | undefined>;
  /** Every claim, or those of one repository, as they were last saved, so that discovery can keep what the catalog forgets for a moment. */
  listClaims(repositoryId?: string): Promise<DiscoveredClaim[]>;
  /** Every repository's location, for watching. */
  listLocations(): Promise<DiscoveredRepository[]>;
  getFacts(repositoryId: string): Promise<StoredFact[]>;

  saveCollection(collection: Collection): Promise<WriteResult>;
  /**
   * The same for readings of different repositories in one transaction, which
   * draws one revision for all of them. Results are in the order given.
   */
  saveCollections(collections: readonly Collection[]): Promise<WriteResult[]>;
  saveFailure(failure: CollectionFailure): Promise<WriteResult>;

  /**
   * Takes at most `limit` repositories that are due and makes them due again at
   * `leaseUntil`, so that a reading that never ends is tried again. Two
   * replicas never take the same one.
   */
  claimDue(options: {
    now: Date;
    leaseUntil: Date;
    limit: number;
  }): Promise<string[]>;
  /** Makes a repository due now. */
  markDue(repositoryId: string, now: Date): Promise<void>;

  getRevision(): Promise<number>;
  listRepositories(
    query: RepositoryQuery,
    visibility: Visibility,
    clock: ReadClock,
  ): Promise<RepositoryPage>;
  /** Undefined if there is none or the reader may not see it. With `subpath`, score, counts, days and worst are that folder's. */
  getSummary(
    id: string,
    subpath: string,
    visibility: Visibility,
    clock: ReadClock,
  ): Promise<RepositorySummary | undefined>;
  getVerdicts(id: string, subpath: string): Promise<StoredVerdict[]>;
  getHistory(
    id: string,
    subpath: string,
    days: number,
    clock: ReadClock,
  ): Promise<{ days: HistoryPoint[]; changes: ActivityItem[] }>;
  /** At most 500 items, else `reset`. */
  getChanges(
    since: number,
    repositoryId: string | undefined,
    visibility: Visibility,
    clock: ReadClock,
  ): Promise<Changes>;
  getActivity(limit: number, visibility: Visibility): Promise<Activity>;
  getFleet(visibility: Visibility, clock: ReadClock): Promise<Fleet>;
  /** What is known of an entity; undefined if it was never seen or the reader may not see it. */
  getEntity(
    entityRef: string,
    visibility: Visibility,
  ): Promise<EntityHealth | undefined>;
  findByRemote(remote: string): Promise<string | undefined>;

  /** Deletes history and snapshots older than the given time. */
  prune(olderThan: Date): Promise<void>;
}

/** What a reading needs to know of the time. */
export interface ReadClock {
  now: Date;
  /** A reading older than this many seconds is stale. */
  staleAfterSeconds: number;
}
