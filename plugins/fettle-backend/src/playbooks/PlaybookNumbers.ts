import type {
  Breaker,
  OutcomeCounts,
  PlanState,
  RemediationState,
  SuccessRate,
} from 'backstage-plugin-fettle-common';
import type { Visibility } from '../store/FettleStore';

/** How problems of one playbook ended. */
export interface PlaybookNumbersOf {
  outcomes: OutcomeCounts;
  success: SuccessRate;
  breakers: Breaker[];
}

/** What is under way for one problem of a repository. */
export interface UnderWay {
  /** Its id, where it has one. */
  problemId: string | null;
  remediation: { id: string; state: RemediationState } | null;
  plan: { id: string; state: PlanState } | null;
}

/** What remediations tell of playbooks. */
export interface PlaybookNumbers {
  /** By the ids of playbooks; of those repositories that the reader may see. */
  numbers(
    playbookIds: readonly string[],
    visibility: Visibility,
  ): Promise<ReadonlyMap<string, PlaybookNumbersOf>>;
  /** By the kind and key of the problem, see {@link problemName}. */
  underWay(repositoryId: string): Promise<ReadonlyMap<string, UnderWay>>;
}

/** What a problem is called within its repository. */
export function problemName(problem: { kind: string; key: string }): string {
  return `${problem.kind} ${problem.key}`;
}
