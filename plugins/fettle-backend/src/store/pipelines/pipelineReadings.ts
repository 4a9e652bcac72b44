import type { PipelineReading } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { measureRuns } from '../../metrics/measureRuns';
import { readSamples } from './readSamples';
import { readStandings } from './standings';

const DAYS = 30;

/** How the pipelines of a repository stand, for facts. Empty where no run is known. */
export async function pipelineReadings(
  knex: Knex,
  repositoryId: string,
  now: Date,
): Promise<PipelineReading[]> {
  const repositories = { sql: 'repository_id = ?', bindings: [repositoryId] };
  const standings = await readStandings(knex, [repositories]);
  if (standings.length === 0) return [];
  const { runs } = await readSamples(knex, { now, days: DAYS, repositories });
  return standings.map(({ pipeline, green, since }) => {
    const own = runs.filter(({ pipelineId }) => pipelineId === pipeline.id);
    const succeeded = own.filter(({ state }) => state === 'succeeded').length;
    const { successRate, flakiness } = measureRuns(own);
    return {
      ...pipeline,
      ...{ green, since, succeeded },
      decided: successRate.sample,
      commits: flakiness.sample,
      flaky: Math.round((flakiness.value ?? 0) * flakiness.sample),
    };
  });
}
