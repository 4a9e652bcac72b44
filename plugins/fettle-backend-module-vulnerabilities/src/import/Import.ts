import type { Knex } from 'knex';
import type { ImportLimits } from './limits';

/** One look at a feed. */
export interface Import {
  knex: Knex;
  feed: { id: string; ecosystem: string };
  limits: ImportLimits;
  signal: AbortSignal;
  /** By which it is told whether there is something new, as the last import left it. */
  seen: Readonly<Record<string, string>>;
  /** When a whole dump was imported last. */
  importedAt: Date | null;
  now: () => Date;
  /** After each commit of records. */
  onCommit: () => void;
  /** There is something new, and it may take a while. */
  noteStart(): Promise<void>;
  /** Something new is in force. */
  noteProgress(done?: {
    bytes?: number;
    records?: number;
    newestAt?: string | null;
    broken?: number;
    seen?: Record<string, string>;
    whole?: boolean;
  }): Promise<void>;
}
