import type {
  BrokenPipeline,
  FleetPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { measureRuns } from '../../metrics/measureRuns';
import type { RunSample } from '../../metrics/rows';
import { dialectOf, type Sql } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';
import { readRevisions } from '../revisions';
import type { RunRow } from '../runs/rows';
import { toRun } from '../runs/toRun';
import { loadOwners, type Owned } from './loadOwners';
import { byDay, measure, readSamples, type Samples } from './readSamples';
import { readStandings, type Standing } from './standings';

const MOST_RUNNING = 100;
const MOST_BROKEN = 200;
const MOST_LISTED = 20;

/** The pipelines of the whole fleet, as far as the reader may see it. */
export async function fleetPipelines(
  knex: Knex,
  options: { days: number; owner?: string; visibility: Visibility; now: Date },
): Promise<FleetPipelines> {
  const { days, owner, visibility, now } = options;
  // First: what is committed after it comes next time.
  const { value: revision } = await readRevisions(knex);
  const owned = await loadOwners(knex, visibility, owner);
  const within = scopeOf(knex, visibility, owner, owned);
  const [running, standings, samples, withRuns] = await Promise.all([
    readRunning(knex, within),
    readStandings(knex, [within]),
    readSamples(knex, { now, days, repositories: within }),
    countWithRuns(knex, within),
  ]);
  const broken = standings
    .filter(({ green }) => green === false)
    .sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? 1 : -1));
  const pipelines = perPipeline(samples, standings, owned);
  return {
    ...running,
    running: running.running.map(row => ({
      ...toRun(row),
      repositoryName: owned.get(row.repository_id)?.name ?? row.repository_id,
    })),
    broken: broken.slice(0, MOST_BROKEN).map(one => toBroken(one, owned)),
    brokenTotal: broken.length,
    slowest: top(pipelines, p => p.metrics.durationP50.value),
    flakiest: top(pipelines, p => p.metrics.flakiness.value || null),
    longestQueues: top(pipelines, p => p.metrics.queueP50.value),
    owners: perOwner(samples, standings, owned),
    metrics: measure(samples),
    days: byDay(samples),
    withoutRuns: owned.size - withRuns,
    repositories: owned.size,
    revision,
  };
}

/** Which repositories, on the column `repository_id`. */
function scopeOf(
  knex: Knex,
  visibility: Visibility,
  owner: string | undefined,
  owned: ReadonlyMap<string, Owned>,
): Sql {
  return owner === undefined
    ? inVisibleRepositories(knex, 'repository_id', visibility)
    : dialectOf(knex).oneOf('repository_id', owned.keys());
}

async function readRunning(knex: Knex, within: Sql) {
  const unfinished = () =>
    knex('runs')
      .whereIn('state', ['queued', 'waiting', 'running'])
      .whereRaw(within.sql, within.bindings);
  const running: RunRow[] = await unfinished()
    .orderBy([
      { column: 'sort_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(MOST_RUNNING)
    .select('*');
  const [{ count }] = await unfinished().count({ count: '*' });
  return { running, runningTotal: Number(count) };
}

async function countWithRuns(knex: Knex, within: Sql): Promise<number> {
  const [{ count }] = await knex('runs')
    .whereRaw(within.sql, within.bindings)
    .countDistinct({ count: 'repository_id' });
  return Number(count);
}

function placeOf(repositoryId: string, owned: ReadonlyMap<string, Owned>) {
  const known = owned.get(repositoryId);
  return {
    repositoryId,
    repositoryName: known?.name ?? repositoryId,
    entityRef: known?.entityRef ?? null,
    owner: known?.owner ?? null,
  };
}

function toBroken(
  { repositoryId, pipeline, since, failures, decided }: Standing,
  owned: ReadonlyMap<string, Owned>,
): BrokenPipeline {
  return {
    ...placeOf(repositoryId, owned),
    pipeline,
    since: since ?? decided!.sort_at,
    failures,
    commit: decided!.commit,
    commitSubject: decided!.commit_subject,
    actor: decided!.actor,
    runId: decided!.id,
  };
}

function group<T>(items: readonly T[], keyOf: (item: T) => string) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

function perPipeline(
  { runs }: Samples,
  standings: readonly Standing[],
  owned: ReadonlyMap<string, Owned>,
): FleetPipeline[] {
  const names = new Map(
    standings.map(({ repositoryId, pipeline }) => [
      JSON.stringify([repositoryId, pipeline.id]),
      pipeline.name,
    ]),
  );
  const groups = group<RunSample>(runs, run =>
    JSON.stringify([run.repositoryId, run.pipelineId]),
  );
  return [...groups].map(([key, samples]) => {
    const [{ repositoryId, pipelineId }] = samples;
    return {
      ...placeOf(repositoryId, owned),
      pipeline: { id: pipelineId, name: names.get(key) ?? pipelineId },
      metrics: measureRuns(samples),
    };
  });
}

function top(
  pipelines: readonly FleetPipeline[],
  valueOf: (pipeline: FleetPipeline) => number | null,
): FleetPipeline[] {
  return pipelines
    .filter(pipeline => valueOf(pipeline) !== null)
    .sort((a, b) => valueOf(b)! - valueOf(a)!)
    .slice(0, MOST_LISTED);
}

function perOwner(
  samples: Samples,
  standings: readonly Standing[],
  owned: ReadonlyMap<string, Owned>,
): FleetPipelines['owners'] {
  const ownerOf = (repositoryId: string) =>
    owned.get(repositoryId)?.owner ?? '';
  const runs = group(samples.runs, run => ownerOf(run.repositoryId));
  const deployments = group(samples.deployments, one =>
    ownerOf(one.repositoryId),
  );
  const red = group(
    standings.filter(({ green }) => green === false),
    one => ownerOf(one.repositoryId),
  );
  return [...group([...owned], ([id]) => ownerOf(id))]
    .map(([owner, repositories]) => ({
      owner: owner || null,
      repositories: repositories.length,
      broken: red.get(owner)?.length ?? 0,
      metrics: measure({
        ...samples,
        runs: runs.get(owner) ?? [],
        deployments: deployments.get(owner) ?? [],
      }),
    }))
    .sort(
      (a, b) =>
        b.broken - a.broken || ((a.owner ?? '~') < (b.owner ?? '~') ? -1 : 1),
    );
}
