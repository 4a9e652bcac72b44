import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { medianOf } from '../query/median';

const LAST = 20;
const LEAST = 3;

/** How long each pipeline usually takes, by its last runs that succeeded. */
export async function usualMs(
  knex: Knex,
  repositoryId: string,
  pipelineIds: readonly string[],
): Promise<Map<string, number>> {
  const these = dialectOf(knex).oneOf('pipeline_id', pipelineIds);
  const rows: { pipeline_id: string; duration_ms: number }[] = await knex
    .select('pipeline_id', 'duration_ms')
    .from(
      knex('runs')
        .where({ repository_id: repositoryId, state: 'succeeded' })
        .whereNotNull('duration_ms')
        .whereRaw(these.sql, these.bindings)
        .select(
          'pipeline_id',
          'duration_ms',
          knex.raw(
            'row_number() over (partition by pipeline_id order by sort_at desc, id desc) as place',
          ),
        )
        .as('ranked'),
    )
    .where('place', '<=', LAST);
  const byPipeline = new Map<string, number[]>();
  for (const { pipeline_id: id, duration_ms: ms } of rows) {
    byPipeline.set(id, [...(byPipeline.get(id) ?? []), ms]);
  }
  const usual = new Map<string, number>();
  for (const [id, durations] of byPipeline) {
    if (durations.length >= LEAST) {
      usual.set(id, medianOf(durations.map(score => ({ score, count: 1 })))!);
    }
  }
  return usual;
}
