import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { RunRow } from '../runs/rows';
import { storable } from '../storable';

/** Runs of one commit, attempts included. */
const MOST = 1_000;
const GOOD = new Set(['succeeded', 'skipped']);
const ENDED = new Set([...GOOD, 'failed', 'cancelled']);

/** What CI said of a commit, for hosts that do not tell: by the newest attempt at each run of it. */
export async function readChecks(
  knex: Knex,
  repositoryId: string,
  commit: string,
): Promise<ProposedChange['checks']> {
  const rows: Pick<RunRow, 'source_id' | 'run_id' | 'state' | 'requested'>[] =
    await knex<RunRow>('runs')
      .where({ repository_id: storable(repositoryId) })
      .where({ commit: storable(commit) })
      .orderBy([{ column: 'attempt', order: 'asc' }, { column: 'id' }])
      .limit(MOST)
      .select('source_id', 'run_id', 'state', 'requested');
  const newest = new Map(
    rows.map(row => [JSON.stringify([row.source_id, row.run_id]), row]),
  );
  const runs = [...newest.values()];
  if (runs.length === 0) return 'none';
  if (runs.some(({ state }) => ENDED.has(state) && !GOOD.has(state))) {
    return 'failed';
  }
  const going = runs.some(
    ({ state, requested }) => !ENDED.has(state) || requested === 'rerun',
  );
  return going ? 'pending' : 'passed';
}
