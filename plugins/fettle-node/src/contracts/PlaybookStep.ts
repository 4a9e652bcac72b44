import type { JsonValue } from '@backstage/types';
import type {
  FindingKind,
  Severity,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { z } from 'zod';
import type { ChangeProposer, FileEdit, Obstacle } from './ChangeProposer';
import type { IssueTracker } from './IssueTracker';
import type { PipelineSource } from './PipelineSource';
import type { Release } from './ReleaseSource';
import type { RepositoryKeeper, RepositorySettings } from './RepositoryKeeper';
import type {
  CommitReading,
  RepositoryLocation,
  RepositorySnapshot,
} from './RepositorySource';
import type { RepositoryTree } from './RepositoryTree';

/**
 * What a playbook is to put right, as the trigger saw it. Which part is there
 * depends on the kind of trigger.
 *
 * @public
 */
export interface StepProblem {
  /** Unique in the repository for this kind: the same problem has the same key. */
  key: string;
  /** The kind of trigger, for example `finding`, `verdict`, `run`, `drift`. */
  kind: string;
  /** In one line. */
  title: string;
  finding?: {
    id: string;
    kind: FindingKind;
    rule: string;
    aliases: readonly string[];
    severity: Severity;
    path: string | null;
    line: number | null;
    ecosystem?: string;
    /** The package. */
    package?: string;
    versions?: readonly string[];
    direct?: boolean | null;
    fixedIn?: readonly string[];
    /** Of a threat about settings: as they were before, those that were changed. */
    was?: RepositorySettings;
  };
  verdict?: {
    check: string;
    status: VerdictStatus;
    message: string;
    subpath: string;
    evidence: readonly { path?: string; line?: number; text?: string }[];
  };
  run?: {
    /** Of the {@link PipelineSource}. */
    source: string;
    runId: string;
    attempt: number;
    pipelineId: string;
    pipeline: string;
    branch: string | null;
    commit: string | null;
    /** The commit of the newest run of this pipeline on this branch that passed; left out where none is known. */
    lastGreen?: string;
    /** Names of the jobs that failed, with their ids. */
    failed: readonly { id: string; name: string; step?: string }[];
    /** Why it failed, as far as its log and history tell. */
    cause: RunCause;
  };
  drift?: { standard: string; version: string; paths: readonly string[] };
}

/**
 * Why a run failed: those from `network` to `flaky-test` go away by
 * themselves. `unknown` is never taken for one of them.
 *
 * @public
 */
export type RunCause =
  | 'network'
  | 'runner-lost'
  | 'rate-limit'
  | 'flaky-test'
  | 'change'
  | 'unknown';

/**
 * A catalog entity that the repository backs.
 *
 * @public
 */
export interface StepEntity {
  entityRef: string;
  /** Folder in the repository; `''` is the root. */
  subpath: string;
  title?: string;
  description?: string;
  /** Entity ref. */
  owner?: string;
  /** Entity ref. */
  system?: string;
  type?: string;
  lifecycle?: string;
  tags?: readonly string[];
}

/**
 * Who can change the repository; what there is none for is left out.
 *
 * @public
 */
export interface StepHost {
  changes?: ChangeProposer;
  keeper?: RepositoryKeeper;
  issues?: IssueTracker;
  pipelines?: PipelineSource;
}

/**
 * What every call of a step gets.
 *
 * @public
 */
export interface StepContext<P> {
  /** Checked by the step's own schema. */
  parameters: P;
  repository: RepositoryLocation;
  entities: readonly StepEntity[];
  /** What is to be put right; empty for playbooks that a schedule, a person or a campaign starts. */
  problems: readonly StepProblem[];
  host: StepHost;
  /** The playbook and, within it, the step: for markers. */
  playbook: { id: string; title: string; stepId: string };
  signal: AbortSignal;
  now: Date;
}

/**
 * What a step may look at to plan. Everything it reads of the tree is
 * remembered: the plan holds as long as that is the same.
 *
 * @public
 */
export interface PlanContext<P> extends StepContext<P> {
  snapshot: RepositorySnapshot;
  /** At the head of the default branch, with the edits of the steps before it. */
  tree: RepositoryTree;
  /** At another commit of the repository; left out where that cannot be read. */
  treeAt?(commit: string): Promise<RepositoryTree>;
  /** One commit with the files that it changed; left out where that cannot be read. */
  readCommit?(commit: string): Promise<CommitReading>;
  /**
   * The releases of a package, its ecosystem and name as OSV has them;
   * undefined where nobody can tell. Left out where nobody may be asked.
   */
  releases?(ecosystem: string, name: string): Promise<Release[] | undefined>;
}

/**
 * Something other than an edit of files that would be done.
 *
 * @public
 */
export interface PlannedAction {
  /** In the imperative, in one line. */
  summary: string;
  /**
   * How it is now and would be, for people; null where that says nothing. With
   * `before`, an action that is planned again was not done.
   */
  before: JsonValue;
  after: JsonValue;
  /** For {@link PlaybookStep.apply}: all that it needs, and nothing secret. */
  input: JsonValue;
}

/**
 * What a step would do. With neither files nor actions there is nothing to do,
 * and `notes` say why.
 *
 * @public
 */
export interface StepPlan {
  files?: readonly FileEdit[];
  actions?: readonly PlannedAction[];
  /** Why it cannot be done: the plan is then shown, and never applied. */
  obstacles?: readonly Obstacle[];
  /** For who approves: what was chosen and why. */
  notes?: readonly string[];
  /** Problems that this plan does not mend, by their keys, with the reason. */
  unmended?: readonly { key: string; reason: string }[];
}

/**
 * What came of an action.
 *
 * @public
 */
export interface ActionResult {
  /** `waiting` is asked for again after `againSeconds`, with the same input and this `output`. */
  state: 'done' | 'waiting';
  againSeconds?: number;
  /** In one line, for the story. */
  message: string;
  /** A page about it. */
  url?: string;
  /** For {@link PlaybookStep.rollback}; nothing secret. */
  output?: JsonValue;
}

/**
 * One thing that playbooks can do. Edits of files are made by Fettle, all of a
 * remediation's as one change; actions by the step's own `apply`.
 *
 * Whatever cannot be done is thrown as a {@link SourceError}; what is known to
 * be impossible is an obstacle of the plan.
 *
 * @public
 */
export interface PlaybookStep<P = any> {
  /** Unique among steps, lower case with dashes: `uses` of playbooks. */
  readonly id: string;
  readonly title: string;
  /** What it does, in a sentence or two. */
  readonly description: string;
  /** Of `with`. Its JSON schema is published, so fields have descriptions. */
  readonly parameters: z.ZodType<P>;
  /** Loses something that is not in Git's history. */
  readonly destructive: boolean;
  /** May be applied twice with the effect of once. Those that may not are never tried again by themselves. */
  readonly idempotent: boolean;
  /** Can be taken back: edits of files always, actions by `rollback`. */
  readonly reversible: boolean;
  /** When its actions run: `before` the change of files is opened (default), once it is `opened`, or `merged`. */
  readonly phase?: 'before' | 'opened' | 'merged';

  /**
   * Whether its problems are gone once it is done; they are where this is left
   * out. False for a step that only tells somebody of them, or asks: a
   * remediation that does nothing else ends as escalated, and never as healed.
   */
  mends?(parameters: P): boolean;

  /** Changes nothing. The same repository gives the same plan. */
  plan(context: PlanContext<P>): Promise<StepPlan>;

  /**
   * Does one planned action; may be called again after a crash in its middle.
   * `change` is the change of the remediation where one is open or merged;
   * `decision` what a person said, where the step waits for one; `output` what
   * it gave when it was waiting, of something that goes on elsewhere.
   */
  apply?(
    context: StepContext<P> & {
      input: JsonValue;
      /** Unique for this action of this remediation, the same on each try. */
      idempotencyKey: string;
      change?: { id: string; branch: string; headCommit: string; url?: string };
      decision?: { approved: boolean; actor: string; reason: string };
      output?: JsonValue;
    },
  ): Promise<ActionResult>;

  /** Takes an applied action back. */
  rollback?(
    context: StepContext<P> & { input: JsonValue; output: JsonValue },
  ): Promise<void>;

  /**
   * Reads the target again. Left out where the problem itself tells: the finding, the
   * verdict, the run. Without problems, a new plan tells: it is empty but for actions
   * that were done and of which `before` says nothing.
   */
  verify?(context: PlanContext<P>): Promise<{
    state: 'right' | 'wrong' | 'unknown';
    message: string;
  }>;
}
