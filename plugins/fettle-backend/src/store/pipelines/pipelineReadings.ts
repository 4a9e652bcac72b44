import type { PipelineReading } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { tallyRuns } from '../../metrics/tallyRuns';
import { readPipelineNames } from './readPipelineNames';
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
  const all = await readStandings(knex, [repositories]);
  const standings = new Map(all.map(one => [one.pipeline.id, one]));
  const { runs } = await readSamples(knex, { now, days: DAYS, repositories });
  const tallies = new Map(
    tallyRuns(runs).map(({ pipelineId, tally }) => [pipelineId, tally]),
  );
  // Also those that only ever ran on other branches: whether a pipeline is
  // judged must not depend on where it failed.
  const ids = [...new Set([...standings.keys(), ...tallies.keys()])].sort();
  const names = await readPipelineNames(
    knex,
    ids.map(pipelineId => ({ repositoryId, pipelineId })),
  );
  return ids.map(id => {
    const standing = standings.get(id);
    const tally = tallies.get(id);
    return {
      id,
      name: names.get(JSON.stringify([repositoryId, id])) ?? id,
      green: standing?.green ?? null,
      since: standing?.since ?? null,
      webUrl: standing?.decided?.web_url ?? null,
      decided: tally ? tally.succeeded + tally.failed : 0,
      succeeded: tally?.succeeded ?? 0,
      commits: tally?.passed ?? 0,
      flaky: tally?.flaky ?? 0,
    };
  });
}
