import type { Reason } from 'backstage-plugin-fettle-common';
import type { PackageKey } from 'backstage-plugin-fettle-node';

/** A package that its registry is to be asked about. */
export interface DuePackage extends PackageKey {
  id: number;
}

/** What a registry answered about a package. */
export interface ReleaseAnswer {
  /** Null where it has none that anybody should use. */
  newest: { version: string; publishedAt: string | null } | null;
  /** Why it told nothing. */
  problem: Reason | null;
  at: Date;
  /** When it is asked again. */
  dueAt: Date;
}

/** What registries told of the packages that the fleet uses. */
export interface ReleaseStore {
  /** Notes packages that are used and were never asked about as due. */
  plan(options: {
    ecosystems: readonly string[];
    now: Date;
    limit: number;
  }): Promise<void>;
  /** Those that are due: direct ones first, then the oldest. What nobody uses any more is forgotten. */
  due(options: {
    ecosystems: readonly string[];
    now: Date;
    limit: number;
  }): Promise<DuePackage[]>;
  saveAnswer(packageId: number, answer: ReleaseAnswer): Promise<void>;
  /** What was known stays. */
  saveFailure(
    packageId: number,
    failure: { problem: Reason; dueAt: Date },
  ): Promise<void>;
}
