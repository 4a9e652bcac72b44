import type {
  BrokenPipeline,
  FleetPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { measureTally } from '../../metrics/measureRuns';
import {
  addTallies,
  tallyRuns,
  type PipelineTally,
} from '../../metrics/tallyRuns';
import { dialectOf, type Sql } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { readRevisions } from '../revisions';
import type { RunRow } from '../runs/rows';
import { toRun } from '../runs/toRun';
import { loadOwners, scopeOf, type Owned } from './loadOwners';
import { readBroken, readRunBriefs, type Broken } from './readBroken';
import { readPipelineNames } from './readPipelineNames';
import { byDay, measureAll, readSamples, type Samples } from './readSamples';

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
  const [running, broken, samples, withRuns] = await Promise.all([
    readRunning(knex, within),
    readBroken(knex, within),
    readSamples(knex, { now, days, repositories: within }),
    countWithRuns(knex, owned),
  ]);
  const tallies = tallyRuns(samples.runs);
  const measured = tallies.map(one => ({
    ...one,
    metrics: measureTally(one.tally),
  }));
  const slowest = top(measured, m => m.durationP50.value);
  const flakiest = top(measured, m => m.flakiness.value || null);
  const longestQueues = top(measured, m => m.queueP50.value);
  const names = await readPipelineNames(knex, [
    ...slowest,
    ...flakiest,
    ...longestQueues,
  ]);
  const toFleetPipeline = (one: Measured): FleetPipeline => ({
    ...placeOf(one.repositoryId, owned),
    pipeline: {
      id: one.pipelineId,
      name: names.get(keyOf(one)) ?? one.pipelineId,
    },
    metrics: one.metrics,
  });
  return {
    ...running,
    running: running.running.map(row => {
      const { repositoryName, entityRef } = placeOf(row.repository_id, owned);
      return { ...toRun(row), repositoryName, entityRef };
    }),
    broken: await describeBroken(knex, broken.slice(0, MOST_BROKEN), owned),
    brokenTotal: broken.length,
    slowest: slowest.map(toFleetPipeline),
    flakiest: flakiest.map(toFleetPipeline),
    longestQueues: longestQueues.map(toFleetPipeline),
    owners: perOwner(samples, { tallies, broken, owned }),
    metrics: measureAll(samples, addTallies(tallies.map(({ tally }) => tally))),
    days: byDay(samples),
    withoutRuns: owned.size - withRuns,
    repositories: owned.size,
    revision,
  };
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

async function countWithRuns(
  knex: Knex,
  owned: ReadonlyMap<string, Owned>,
): Promise<number> {
  const mine = dialectOf(knex).oneOf('id', owned.keys());
  const [{ count }] = await knex('repositories')
    .whereRaw(mine.sql, mine.bindings)
    .whereRaw(
      'exists (select 1 from runs where repository_id = repositories.id)',
    )
    .count({ count: '*' });
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

async function describeBroken(
  knex: Knex,
  broken: readonly Broken[],
  owned: ReadonlyMap<string, Owned>,
): Promise<BrokenPipeline[]> {
  const briefs = await readRunBriefs(
    knex,
    broken.flatMap(({ newest, first }) => [newest, first]),
  );
  const briefOf = (runId: string) => {
    const run = briefs.get(runId);
    return {
      runId,
      commit: run?.commit ?? null,
      commitSubject: run?.commit_subject ?? null,
      actor: run?.actor ?? null,
    };
  };
  return broken.map(({ repositoryId, pipelineId, newest, first, ...rest }) => ({
    ...placeOf(repositoryId, owned),
    ...rest,
    ...briefOf(newest),
    first: briefOf(first),
    pipeline: {
      id: pipelineId,
      name: briefs.get(newest)?.pipeline_name ?? pipelineId,
    },
  }));
}

function group<T>(items: readonly T[], nameOf: (item: T) => string) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = nameOf(item);
    const known = groups.get(key);
    if (known) known.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

type Measured = PipelineTally & { metrics: ReturnType<typeof measureTally> };

function keyOf({ repositoryId, pipelineId }: PipelineTally): string {
  return JSON.stringify([repositoryId, pipelineId]);
}

function top(
  pipelines: readonly Measured[],
  valueOf: (metrics: Measured['metrics']) => number | null,
): Measured[] {
  return pipelines
    .filter(({ metrics }) => valueOf(metrics) !== null)
    .sort((a, b) => valueOf(b.metrics)! - valueOf(a.metrics)!)
    .slice(0, MOST_LISTED);
}

function perOwner(
  samples: Samples,
  known: {
    tallies: readonly PipelineTally[];
    broken: readonly Broken[];
    owned: ReadonlyMap<string, Owned>;
  },
): FleetPipelines['owners'] {
  const { tallies, broken, owned } = known;
  const ownerOf = ({ repositoryId }: { repositoryId: string }) =>
    owned.get(repositoryId)?.owner ?? '';
  const runs = group(tallies, ownerOf);
  const deployments = group(samples.deployments, ownerOf);
  const red = group(broken, ownerOf);
  return [...group([...owned.keys()], id => ownerOf({ repositoryId: id }))]
    .map(([owner, repositories]) => ({
      owner: owner || null,
      repositories: repositories.length,
      broken: red.get(owner)?.length ?? 0,
      metrics: measureAll(
        { ...samples, deployments: deployments.get(owner) ?? [] },
        addTallies((runs.get(owner) ?? []).map(({ tally }) => tally)),
      ),
    }))
    .sort(
      (a, b) =>
        b.broken - a.broken || ((a.owner ?? '~') < (b.owner ?? '~') ? -1 : 1),
    );
}
