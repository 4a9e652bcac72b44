import type {
  PackageKey,
  PublicationReport,
  ScanProblem,
} from 'backstage-plugin-fettle-node';

/** A package that a repository publishes, or did. */
export interface Publication extends PackageKey {
  repositoryId: string;
  /** Unique among those of the repository. */
  place: string;
  gone: boolean;
}

/** Which packages the repositories of the fleet publish. */
export interface PublicationStore {
  /** Replaces what a scanner said before; what it says of files that it could not read stays. */
  save(scan: {
    repositoryId: string;
    scannerId: string;
    publishes: readonly PublicationReport[];
    problems: readonly ScanProblem[];
  }): Promise<void>;
  /** What changed after an edition, and the newest one. Editions are committed in their order. */
  changedSince(
    edition: number,
  ): Promise<{ publications: Publication[]; edition: number }>;
  /** Every package that a repository ever named, batch by batch. */
  packages(): AsyncIterable<PackageKey[]>;
  /** Forgets what was gone before. */
  prune(olderThan: Date): Promise<void>;
}
