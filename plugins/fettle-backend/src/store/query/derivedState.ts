import type { RepositoryState } from 'backstage-plugin-fettle-common';
import type { Sql } from '../Dialect';
import type { ReadClock } from '../FettleStore';
import type { ReadingRow } from '../tables';

/** The time before which a reading is too old. */
export function staleBefore(clock: ReadClock): string {
  const { now, staleAfterSeconds } = clock;
  return new Date(now.getTime() - staleAfterSeconds * 1000).toISOString();
}

/** The state of `r`, a row of repositories; `stale` comes with time and is therefore not stored. */
export function stateSql(before: string): Sql {
  return {
    sql: `case when r.state in ('ready', 'empty') and r.collected_at < ? then 'stale' else r.state end`,
    bindings: [before],
  };
}

/** The same for a row that was read. */
export function stateOf(
  row: Pick<ReadingRow, 'state' | 'collected_at'>,
  before: string,
): RepositoryState {
  const reads = row.state === 'ready' || row.state === 'empty';
  if (reads && (row.collected_at ?? '') < before) return 'stale';
  return row.state as RepositoryState;
}
