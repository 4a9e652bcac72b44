import type {
  ControlCounts,
  PolicyStatus,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { Visibility } from '../FettleStore';
import type { Owned } from '../pipelines/loadOwners';

/** What the controls of one repository can rest on. */
export interface Standing {
  /** By check; of the whole repository. */
  verdicts: Map<string, VerdictStatus>;
  /** By policy; those that do not judge it are left out. */
  policies: Map<string, PolicyStatus>;
  /** Whether its policies were evaluated at all. */
  evaluated: boolean;
}

/** Counts of one owner (null: nobody) of one framework. */
export interface OwnerCounts {
  frameworkId: string;
  owner: string | null;
  counts: ControlCounts;
}

/** What became of one repository in a period, as its evidence tells it. */
export interface RepositoryEvidence {
  remote: string;
  commit: string | null;
  collectedAt: string | null;
  /** Whether its policies were evaluated at all. */
  evaluated: boolean;
  verdicts: {
    check: string;
    status: VerdictStatus;
    message: string;
    since: string;
  }[];
  policies: {
    policy: string;
    status: PolicyStatus;
    message: string;
    since: string;
  }[];
  /** Changes of verdicts and policies in the period, oldest first. */
  history: {
    at: string;
    commit: string | null;
    of: { check: string } | { policy: string };
    from: string | null;
    to: string | null;
  }[];
  /** Those in force at some time of the period. */
  exceptions: {
    as: string;
    rule: string;
    covers: string;
    reason: string;
    actor: string;
    createdAt: string;
    expiresAt: string | null;
    endedAt: string | null;
  }[];
}

/** What frameworks are judged by, and how they stood day by day. */
export interface ComplianceStore {
  /** By repository. */
  standings(of: {
    checks: readonly string[];
    policies: readonly string[];
  }): Promise<Map<string, Standing>>;
  /** Repositories that the reader may see, with their owners, by id. */
  owners(visibility: Visibility): Promise<Map<string, Owned>>;
  revision(): Promise<number>;
  saveDay(day: string, counts: readonly OwnerCounts[]): Promise<void>;
  /** Oldest first. `owner` left out: all repositories. */
  days(of: {
    frameworkId: string;
    owner: string | null | undefined;
    from: string;
  }): Promise<{ day: string; counts: ControlCounts }[]>;
  prune(before: string): Promise<void>;
  /** Undefined where it is gone meanwhile. `from` and `to` are times, the second past the end. */
  evidence(
    repositoryId: string,
    period: { from: string; to: string },
  ): Promise<RepositoryEvidence | undefined>;
}
