import type { Playbook, Reason } from 'backstage-plugin-fettle-common';
import type { PlaybookStep, StepProblem } from 'backstage-plugin-fettle-node';
import type { Expression } from '../policies/language/compile';
import type { Subject } from '../policies/subject/Subject';
import type { SeeOptions, Trigger } from './triggers/Trigger';

/** A step of a playbook, its parameters checked. */
export interface LoadedStep {
  id: string;
  step: PlaybookStep;
  parameters: unknown;
  dependsOn: string[];
}

/** A playbook whose every part is right. */
export interface LoadedPlaybook {
  /** As the API shows it; its digest changes with everything that a plan depends on. */
  view: Playbook;
  trigger: Trigger;
  triggerParameters: unknown;
  condition: Expression | null;
  /** CEL of the scope. */
  when: Expression | null;
  /** In an order in which each follows those that it depends on. */
  steps: LoadedStep[];
}

/** A file that holds no right playbook. */
export interface PlaybookProblem {
  repository: string;
  path: string;
  line: number | null;
  reason: Reason;
}

/** All enabled playbooks, of config and of files, as they are now. */
export interface PlaybookSet {
  all(): readonly LoadedPlaybook[];
  get(id: string): LoadedPlaybook | undefined;
  problems(): readonly PlaybookProblem[];
  /**
   * Why work of a playbook waits: not every folder was read since the backend
   * started in which it, or a standard that it applies, may be. Null where it
   * does not wait.
   */
  unread(id: string): Reason | null;
  /** Called after a file changed what `all` gives. */
  onChange(listener: () => void): void;
}

/** What a playbook is to put right in one repository, now. */
export interface SeenProblems {
  /** False where the repository is out of the scope of the playbook. */
  inScope: boolean;
  problems: StepProblem[];
  /** Why a problem that is missing is not known to be gone; null where it is. */
  gap: Reason | null;
  commit: string | null;
  readAt: string | null;
}

/** Reads, from what is stored, what playbooks are to put right. */
export interface ProblemReader {
  /** By scope, trigger and condition. A condition that fails is a gap, never a match. */
  read(
    playbook: LoadedPlaybook,
    repositoryId: string,
    options?: SeeOptions,
  ): Promise<SeenProblems>;
  /** Every problem of the repository that any trigger sees, whoever is for it. */
  readAll(repositoryId: string, options?: SeeOptions): Promise<StepProblem[]>;
  /** For `options` of several readings that follow each other. */
  readSubject(repositoryId: string): Promise<Subject | undefined>;
  /** Ids of repositories in the scope of a playbook, in their order. */
  inScope(
    playbook: Pick<LoadedPlaybook, 'view' | 'when'>,
  ): Promise<{ id: string; name: string; host: string }[]>;
}
