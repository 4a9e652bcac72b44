import type {
  PipelineSummary,
  RepositoryPipelines,
  RunSourceStatus,
  RunState,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Sql } from '../Dialect';
import { readRevisions } from '../revisions';
import { touchedBy } from '../runs/touchedBy';
import { byDay, measure, readSamples, type Samples } from './readSamples';
import { readStandings, type Standing } from './standings';

const MOST_CHOICES = 100;

/** The pipelines of a repository, or of one folder of it: how they stand and what they come to. */
export async function repositoryPipelines(
  knex: Knex,
  options: { repositoryId: string; subpath: string; days: number; now: Date },
): Promise<RepositoryPipelines | undefined> {
  const { repositoryId, subpath, days, now } = options;
  // First: what is committed after it comes next time.
  const { value: revision } = await readRevisions(knex);
  const repository = await knex('repositories')
    .where({ id: repositoryId })
    .first('id', 'name', 'web_url', 'default_branch');
  if (!repository) return undefined;
  const here: Sql = { sql: 'repository_id = ?', bindings: [repositoryId] };
  const touched = touchedBy(subpath);
  const standings = await readStandings(knex, [here, touched]);
  const samples = await readSamples(knex, {
    ...{ now, days, runs: touched },
    repositories: here,
  });
  const names = await pipelineNames(knex, repositoryId, touched);
  const pipelines = names.map(({ id, name }) =>
    summarize(
      id,
      name,
      standings.find(({ pipeline }) => pipeline.id === id),
      {
        ...samples,
        runs: samples.runs.filter(({ pipelineId }) => pipelineId === id),
        deployments: [],
      },
    ),
  );
  const decided = pipelines.filter(({ green }) => green !== null);
  const red = decided.filter(({ green }) => !green);
  const since = (red.length > 0 ? red : decided).map(p => p.greenSince ?? '');
  return {
    repositoryId,
    name: repository.name,
    webUrl: repository.web_url,
    defaultBranch: repository.default_branch,
    green: decided.length > 0 ? red.length === 0 : null,
    // Red since the first turned red; green since the last turned green.
    greenSince: since.sort().at(red.length > 0 ? 0 : -1) || null,
    pipelines,
    metrics: measure(samples),
    days: byDay(samples),
    branches: await choices(knex, repositoryId, 'branch'),
    events: await choices(knex, repositoryId, 'event'),
    sources: await readSources(knex, repositoryId),
    revision,
  };
}

function summarize(
  id: string,
  name: string,
  standing: Standing | undefined,
  samples: Samples,
): PipelineSummary {
  const latest = standing?.latest;
  return {
    ...{ id, name },
    latest: latest
      ? {
          runId: latest.id,
          state: latest.state as RunState,
          at: latest.sort_at,
          commit: latest.commit,
        }
      : null,
    green: standing?.green ?? null,
    greenSince: standing?.since ?? null,
    recent: (standing?.recent ?? []).map(run => ({
      runId: run.id,
      state: run.state as RunState,
      durationMs: run.duration_ms,
    })),
    metrics: measure(samples),
  };
}

async function pipelineNames(
  knex: Knex,
  repositoryId: string,
  touched: Sql,
): Promise<{ id: string; name: string }[]> {
  const rows: { pipeline_id: string; pipeline_name: string }[] = await knex
    .select('pipeline_id', 'pipeline_name')
    .from(
      knex('runs')
        .where({ repository_id: repositoryId })
        .whereRaw(touched.sql, touched.bindings)
        .select(
          'pipeline_id',
          'pipeline_name',
          'sort_at',
          knex.raw(
            'row_number() over (partition by pipeline_id order by sort_at desc, id desc) as place',
          ),
        )
        .as('ranked'),
    )
    .where('place', 1)
    .orderBy('sort_at', 'desc')
    .limit(MOST_CHOICES);
  return rows.map(row => ({ id: row.pipeline_id, name: row.pipeline_name }));
}

async function choices(
  knex: Knex,
  repositoryId: string,
  column: 'branch' | 'event',
): Promise<string[]> {
  const rows: Record<string, string>[] = await knex('runs')
    .where({ repository_id: repositoryId })
    .whereNotNull(column)
    .groupBy(column)
    .orderByRaw('max(sort_at) desc')
    .limit(MOST_CHOICES)
    .select(column);
  return rows.map(row => row[column]);
}

async function readSources(
  knex: Knex,
  repositoryId: string,
): Promise<RunSourceStatus[]> {
  const rows: {
    source_id: string;
    heard_at: string | null;
    synced_at: string | null;
    failures: number;
    reason: string | null;
  }[] = await knex('pipeline_syncs')
    .where({ repository_id: repositoryId })
    .orderBy('source_id')
    .select('*');
  return rows.map(row => {
    const lastHeardAt =
      [row.heard_at, row.synced_at].filter(Boolean).sort().at(-1) ?? null;
    const reason = row.reason === null ? null : JSON.parse(row.reason);
    const connected = lastHeardAt ? 'connected' : 'silent';
    return {
      source: row.source_id,
      state: row.failures > 0 ? 'failing' : connected,
      ...{ lastHeardAt, reason },
    };
  });
}
