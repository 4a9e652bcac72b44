import type { Knex } from 'knex';
import type { RunRow } from '../runs/rows';
import type { BranchStanding } from './PlaybookStore';

/** The newest runs tell how pipelines stand; more of one repository are not looked at. */
const MOST_RUNS = 2_000;

const UNDER_WAY = new Set(['queued', 'waiting', 'running', 'unknown']);

type Row = Pick<
  RunRow,
  | 'id'
  | 'source_id'
  | 'run_id'
  | 'attempt'
  | 'pipeline_id'
  | 'pipeline_name'
  | 'state'
  | 'branch'
  | 'default_branch'
  | 'commit'
  | 'event'
  | 'finished_at'
  | 'requested'
  | 'sort_at'
>;

/** How each pipeline stands on its branches. */
export async function standings(
  knex: Knex,
  repositoryId: string,
  { anyBranch, since }: { anyBranch: boolean; since: Date },
): Promise<{ standings: BranchStanding[]; complete: boolean }> {
  const query = knex<RunRow>('runs')
    .where({ repository_id: repositoryId })
    .where('sort_at', '>=', since.toISOString())
    .orderBy([
      { column: 'sort_at', order: 'desc' },
      { column: 'attempt', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MOST_RUNS + 1)
    .select(
      ...(['id', 'source_id', 'run_id', 'attempt', 'pipeline_id'] as const),
      ...(['pipeline_name', 'state', 'branch', 'default_branch'] as const),
      ...(['commit', 'event', 'finished_at', 'requested', 'sort_at'] as const),
    );
  if (!anyBranch) query.where({ default_branch: 1 });
  const rows: Row[] = await query;
  const groups = new Map<string, Row[]>();
  for (const row of rows.slice(0, MOST_RUNS)) {
    const key = JSON.stringify([row.source_id, row.pipeline_id, row.branch]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return {
    standings: [...groups.values()].flatMap(toStanding),
    complete: rows.length <= MOST_RUNS,
  };
}

/** Newest first. What was cancelled or skipped says nothing. */
function toStanding(rows: Row[]): BranchStanding[] {
  const at = rows.findIndex(isDecided);
  if (at === -1) return [];
  const newest = rows[at];
  const decided = rows.filter(isDecided);
  const good = decided.findIndex(({ state }) => state === 'succeeded');
  const failed = good === -1 ? decided : decided.slice(0, good);
  const first = failed.at(-1) ?? newest;
  return [
    {
      sourceId: newest.source_id,
      pipelineId: newest.pipeline_id,
      pipeline: newest.pipeline_name,
      branch: newest.branch,
      defaultBranch: newest.default_branch === 1,
      underWay:
        newest.requested === 'rerun' ||
        rows.slice(0, at).some(({ state }) => UNDER_WAY.has(state)),
      newest: {
        id: newest.id,
        ref: {
          runId: newest.run_id,
          attempt: newest.attempt,
          pipelineId: newest.pipeline_id,
        },
        state: newest.state as 'succeeded' | 'failed',
        commit: newest.commit,
        event: newest.event,
        finishedAt: newest.finished_at ?? newest.sort_at,
      },
      failures: failed.length,
      since: first.finished_at ?? first.sort_at,
      goodCommit: good === -1 ? null : decided[good].commit,
    },
  ];
}

function isDecided({ state }: Row): boolean {
  return state === 'succeeded' || state === 'failed';
}
