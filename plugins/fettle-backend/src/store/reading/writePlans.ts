import type { Knex } from 'knex';
import {
  DAYS,
  EVIDENCE,
  FACTS,
  FactRow,
  ROLLUPS,
  SNAPSHOTS,
  VERDICTS,
} from '../tables';
import { deleteRows, upsertRows } from '../writeRows';
import type { CollectionPlan } from './planCollection';

/** Writes what needs no revision; see `writeReadings` for the rest. */
export async function writePlans(
  trx: Knex.Transaction,
  plans: readonly CollectionPlan[],
): Promise<void> {
  const targets = plans.flatMap(plan => plan.targets);

  await dropSubpaths(trx, plans);
  await upsertRows(trx, FACTS, plans.flatMap(factRows));
  await upsertRows(trx, SNAPSHOTS, plans.flatMap(snapshotRows));

  const key = ['repository_id', 'subpath', 'check_id'];
  const checkKeys = (name: 'dropped' | 'droppedEvidence') =>
    targets.flatMap(target =>
      target[name].map(id => [target.rollup.repository_id, target.subpath, id]),
    );
  await deleteRows(trx, 'verdicts', key, checkKeys('dropped'));
  await deleteRows(trx, 'verdict_evidence', key, checkKeys('droppedEvidence'));
  await upsertRows(
    trx,
    VERDICTS,
    targets.flatMap(target => target.verdicts),
  );
  await upsertRows(
    trx,
    EVIDENCE,
    targets.flatMap(target => target.evidence),
  );
  await upsertRows(
    trx,
    ROLLUPS,
    targets.map(target => target.rollup),
  );
  await upsertRows(trx, DAYS, plans.flatMap(dayRows), {
    min: smaller('min', '<'),
    max: smaller('max', '>'),
  });
}

// `least` and `min` of two values are called differently in each database.
function smaller(column: 'min' | 'max', than: '<' | '>') {
  const old = `"history_days"."${column}"`;
  const next = `excluded."${column}"`;
  return `case when ${old} is null or ${next} ${than} ${old} then ${next} else ${old} end`;
}

async function dropSubpaths(
  trx: Knex.Transaction,
  plans: readonly CollectionPlan[],
) {
  const keys = plans.flatMap(plan =>
    plan.droppedSubpaths.map(subpath => [plan.reading.id, subpath]),
  );
  for (const table of ['rollups', 'verdicts', 'verdict_evidence', 'facts']) {
    await deleteRows(trx, table, ['repository_id', 'subpath'], keys);
  }
}

function factRows({ reading, collection }: CollectionPlan): FactRow[] {
  return collection.facts.map(fact => ({
    repository_id: reading.id,
    subpath: fact.subpath,
    fact_id: fact.factId,
    version: fact.version,
    commit: fact.commit,
    collected_at: fact.collectedAt,
    value: fact.value === undefined ? null : JSON.stringify(fact.value),
    problem: fact.problem ? JSON.stringify(fact.problem) : null,
  }));
}

function snapshotRows({ reading, snapshot }: CollectionPlan) {
  if (snapshot === undefined) return [];
  return [
    {
      repository_id: reading.id,
      taken_at: reading.collected_at!,
      commit: reading.head_commit,
      data: snapshot,
    },
  ];
}

function dayRows({ reading, targets }: CollectionPlan) {
  const at = reading.collected_at!;
  return targets.map(({ subpath, to }) => ({
    repository_id: reading.id,
    subpath,
    day: at.slice(0, 10),
    at,
    score: to,
    min: to,
    max: to,
  }));
}
