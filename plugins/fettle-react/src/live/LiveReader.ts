import type { Changes } from 'backstage-plugin-fettle-common';
import type { Cause } from './SerialTask';

/** What a reader made of changes. */
export interface Applied {
  /** It now holds what they told. */
  held: boolean;
  /** It wants to load. */
  load: boolean;
}

/** What a load brought. */
export interface Loaded {
  /** The revision it was read at, or that last changed it. */
  revision: number;
  /** Only part of what is shown was read: the rest holds what it held. */
  partial?: boolean;
}

/**
 * Something that a page shows and that follows revisions. It only reads and
 * keeps; when to read is up to the follower.
 */
export interface LiveReader {
  /** Reads from the backend and keeps the answer. */
  load(signal: AbortSignal, cause: Cause): Promise<Loaded>;
  /** What changed after the revision it holds. */
  apply(changes: Changes): Applied;
  /** Whether a hint makes it load at once, rather than what `GET /changes` then tells. */
  readonly loadsOnHint: boolean;
  /** Least time between two loads because of changes. */
  readonly gapMs: number;
  /** Load at least this often, for what changes without a revision, such as the time of the last reading. */
  readonly maxAgeMs?: number;
  /** Whether it is about to change without a revision, so that it is loaded every 2 s. */
  isUnsettled?(): boolean;
  /** Whether changes matter to it at present. */
  isFollowing?(): boolean;
}
