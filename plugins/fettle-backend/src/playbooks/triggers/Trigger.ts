import type { Reason } from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import type { z } from 'zod';
import type { Values } from '../../policies/language/words';
import type { Subject } from '../../policies/subject/Subject';

/** What a trigger sees now. */
export interface Seen {
  /** Each with what conditions read of it, by the name of the trigger's variable. */
  problems: { problem: StepProblem; values: Values }[];
  /**
   * Why this is not all, or not current: a scan that failed, a reading that is
   * older than the head. A problem that is missing then counts as not known to be gone.
   */
  gap: Reason | null;
  /** The commit that this was read at, where it is of one. */
  commit: string | null;
  /** When it was read, ISO 8601; null for never. */
  readAt: string | null;
}

/** How a trigger is to look. */
export interface SeeOptions {
  /** For a page that somebody waits for: no host is asked, what it would tell stays unknown. */
  quick?: boolean;
  /** The repository, where it was read a moment ago; undefined where it is gone. */
  subject?: Promise<Subject | undefined>;
}

/** A kind of event that playbooks wait for. One file each, registered in `triggers.ts`. */
export interface Trigger<P = any> {
  /** `on` of playbooks. */
  readonly id: string;
  readonly title: string;
  /** Of `with`; fields have descriptions. */
  readonly parameters: z.ZodType<P>;
  /** The variable that conditions have besides `repository`, `entities` and `now`; null for none. */
  readonly variable: 'finding' | 'verdict' | 'run' | 'drift' | null;
  /** Parameters with which it sees all that it can; the default ones where it is left out. */
  readonly everything?: unknown;
  /**
   * From what is stored of the repository. Undefined for a trigger without
   * problems: a schedule, a person, an agent.
   */
  see?(
    repositoryId: string,
    parameters: P,
    options?: SeeOptions,
  ): Promise<Seen>;
  /** When it is due next after the given time; for schedules. */
  nextAfter?(parameters: P, after: Date): Date | null;
}
