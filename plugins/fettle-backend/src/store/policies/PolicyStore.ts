import type {
  PolicyCounts,
  PolicyStatus,
  RepositoryPolicies,
} from 'backstage-plugin-fettle-common';
import type { Outcome } from '../../policies/evaluatePolicy';
import type { SubjectHistory } from '../../policies/replay/SubjectHistory';
import type { Subject } from '../../policies/subject/Subject';
import type { Visibility } from '../FettleStore';

/** Which of the long lists are to be loaded; what is left out is empty. */
export interface Needs {
  verdicts: boolean;
  components: boolean;
  findings: boolean;
}

/** What an evaluation of one repository came to. */
export interface Evaluation {
  repositoryId: string;
  /** By the ids of the policies; those that are left out do not judge it. */
  outcomes: ReadonlyMap<string, Outcome>;
  digest: string;
  /** What was committed up to here was taken into account. */
  seenRevision: number;
  /** When time alone may change a result. */
  dueAt: Date;
  commit: string | null;
}

export interface PolicyChange {
  policyId: string;
  from: PolicyStatus | null;
  to: PolicyStatus | null;
  message: string;
}

export interface StoredResult extends Outcome {
  policyId: string;
  since: string;
}

/** How one repository stands, as it was last evaluated. */
export interface StoredPolicies {
  results: StoredResult[];
  history: RepositoryPolicies['history'];
  evaluatedAt: string | null;
  commit: string | null;
  revision: number;
}

/** What policies read, and what became of it. */
export interface PolicyStore {
  /** Those of these repositories that there are, in the order of their ids. */
  loadSubjects(
    ids: readonly string[],
    needs: Needs,
  ): Promise<{ subjects: Subject[]; seenRevision: number }>;
  /** What is known of how they were; not older than `from`. */
  loadHistory(
    ids: readonly string[],
    needs: Needs,
    from: Date,
  ): Promise<Map<string, SubjectHistory>>;
  /** Repositories that were not evaluated since something changed, after this id and in the order of ids. */
  due(options: {
    digest: string;
    now: Date;
    after: string;
    limit: number;
  }): Promise<string[]>;
  /** Left out where a newer evaluation is stored, or the repository is gone. */
  save(
    evaluation: Evaluation,
    now: Date,
  ): Promise<{ revision: number | null; changes: PolicyChange[] }>;
  results(repositoryId: string): Promise<StoredPolicies>;
  counts(
    visibility: Visibility,
  ): Promise<{ counts: Map<string, PolicyCounts>; revision: number }>;
  /** Ids of repositories that the reader may see, in their order. */
  visible(visibility: Visibility): Promise<string[]>;
  /** Which of these policies' violations nobody was told of yet; from now on somebody was. */
  claimNotices(
    repositoryId: string,
    policyIds: readonly string[],
    now: Date,
  ): Promise<string[]>;
  /** Takes it back where telling failed. */
  releaseNotice(repositoryId: string, policyId: string): Promise<void>;
  prune(olderThan: Date): Promise<void>;
}
