import type { Knex } from 'knex';
import { settleDeliveries } from '../deliveries/settleDeliveries';
import { writePipelineDays } from '../pipelines/writePipelineDays';
import { drawRevision } from '../revisions';
import { dialectOf } from '../Dialect';
import { mergeDeployments, writeDeployments } from './applyDeployments';
import { applyRuns } from './applyRuns';
import { hearFrom } from './hearFrom';
import { resolveRepositories } from './resolveRepositories';
import type { Applied, Told } from './RunStore';

/** Brings what was told into force: runs, jobs, deployments, numbers by day, and the deliveries themselves. */
export async function apply(
  knex: Knex,
  told: readonly Told[],
  options: { isProduction: (environment: string) => boolean; now: Date },
): Promise<Applied> {
  const { now } = options;
  return knex.transaction(async trx => {
    const resolver = await resolveRepositories(trx, told);
    const runs = await applyRuns(trx, told, resolver, now);
    const deployments = await mergeDeployments(trx, told, resolver, options);
    await writePipelineDays(trx, runs.days);
    const named = await settleDeliveries(trx, told, resolver, now);
    await hearFrom(trx, told, resolver, now);

    const news = runs.changed.size > 0 || deployments.length > 0;
    const delivered = told.some(({ delivery }) => delivery);
    const repositoryIds = new Set<string>();
    for (const run of runs.changed.values())
      repositoryIds.add(run.repository_id);
    for (const row of deployments) repositoryIds.add(row.repository_id);
    if (!news && !delivered) {
      return { revision: null, changes: [], repositoryIds: [], named };
    }
    // Last, as it keeps other writers waiting.
    const revision = await drawRevision(trx);
    if (runs.changed.size > 0) {
      const these = dialectOf(trx).oneOf('id', runs.changed.keys());
      await trx('runs')
        .whereRaw(these.sql, these.bindings)
        .update({ revision, changed_at: now.toISOString() });
    }
    await writeDeployments(trx, deployments, revision);
    return {
      revision,
      changes: runs.changes,
      repositoryIds: [...repositoryIds],
      named,
    };
  });
}
