import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';

/** The last names of some pipelines, by repository and pipeline. */
export async function readPipelineNames(
  knex: Knex,
  pipelines: readonly { repositoryId: string; pipelineId: string }[],
): Promise<Map<string, string>> {
  const given = dialectOf(knex).rows(
    { repository: 'text', pipeline: 'text' },
    pipelines.map(one => [one.repositoryId, one.pipelineId]),
  );
  const rows: { repository: string; pipeline: string; name: string | null }[] =
    await knex
      .select('*')
      .select(
        knex.raw(`(select r.pipeline_name from runs as r
          where r.repository_id = wanted.repository and r.pipeline_id = wanted.pipeline
          order by r.sort_at desc, r.id desc limit 1) as name`),
      )
      .from(knex.raw(`(${given.sql}) as wanted`, given.bindings));
  return new Map(
    rows.map(row => [
      JSON.stringify([row.repository, row.pipeline]),
      row.name ?? row.pipeline,
    ]),
  );
}
