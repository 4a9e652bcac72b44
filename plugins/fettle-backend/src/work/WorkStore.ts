import type { JsonValue } from '@backstage/types';
import type { Backend } from 'openworkflow/internal';

/** What the engine needs of a database, besides what openworkflow does itself. */
export interface WorkStore {
  readonly backend: Backend;
  /** Keeps a signal until its run reads it; the first of a name counts. */
  keepSignal(runId: string, name: string, payload: JsonValue): Promise<void>;
  /** The payload in an envelope, since a payload may be null. */
  findSignal(
    runId: string,
    name: string,
  ): Promise<{ payload: JsonValue } | undefined>;
  /** Deletes runs that ended before the time, their steps and their signals; gives their number. */
  prune(endedBefore: Date): Promise<number>;
  /** Closes the connections and removes what was temporary. */
  close(): Promise<void>;
}
