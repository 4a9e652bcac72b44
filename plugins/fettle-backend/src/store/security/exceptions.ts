import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import type { AcceptFinding, Exception } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { settle, type Merged } from '../../findings/mergeFindings';
import type { LifeEvent, StoredFinding } from '../../findings/StoredFinding';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { visibleRepository } from '../query/visible';
import { storable, storableJson } from '../storable';
import type { DueDays } from './findingRows';
import { loadCircumstances, loadFindings } from './loadFindings';
import { conclude, lockRepository } from './observe';
import type { ExceptionRow } from './rows';

interface Options {
  dueDays: DueDays;
  now: Date;
}

export function toException(row: ExceptionRow): Exception {
  return {
    id: row.id,
    as: row.as as Exception['as'],
    scope: row.scope as Exception['scope'],
    covers: row.covers,
    rule: row.rule,
    reason: row.reason,
    actor: row.actor,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
  };
}

/** Accepts a finding, or its rule in a repository or in all that an owner has. */
export async function accept(
  knex: Knex,
  target: { id: string; repositoryId: string },
  given: AcceptFinding & { actor: string; owner: string | null },
  options: Options,
) {
  return knex.transaction(async trx => {
    const findings = await loadFindings(trx, target.repositoryId);
    const finding = findings.find(({ id }) => id === target.id);
    const repository = await trx('repositories')
      .where({ id: target.repositoryId })
      .first('name');
    if (!finding || !repository) {
      throw new NotFoundError(`There is no finding '${target.id}'.`);
    }
    const { seen } = finding;
    const { as, scope, reason, actor, owner, expiresAt } = given;
    const row: ExceptionRow = {
      id: randomUUID(),
      ...{ as, scope, kind: seen.kind, rule: storable(seen.rule) },
      names: storableJson([seen.rule, ...seen.aliases]),
      finding_id: scope === 'place' ? finding.id : null,
      repository_id: scope === 'owner' ? null : target.repositoryId,
      owner: scope === 'owner' ? owner : null,
      covers: storable(
        covers(scope, { finding, owner, repository: repository.name }),
      ),
      reason: storable(reason),
      actor,
      created_at: options.now.toISOString(),
      expires_at: expiresAt ? new Date(expiresAt).toISOString() : null,
      ended_at: null,
    };
    await trx('exceptions').insert(row);
    const settled = await settleAll(trx, await touched(trx, row), options);
    return { exception: toException(row), ...settled };
  });
}

/** Takes an exception back; findings that it covered are open again. */
export async function takeBack(
  knex: Knex,
  id: string,
  options: Options & { actor: string; visibility: Visibility },
) {
  const { actor, visibility } = options;
  return knex.transaction(async trx => {
    const row: ExceptionRow | undefined = await trx('exceptions')
      .where({ id: storable(id) })
      .whereNull('ended_at')
      .first('*');
    if (!row || !(await coversVisible(trx, row, visibility))) {
      throw new NotFoundError(`There is no exception '${id}' in force.`);
    }
    await end(trx, [row], options.now);
    return settleAll(trx, await touched(trx, row), options, actor);
  });
}

/** Ends the exceptions that ran out; what they covered is open again. */
export async function endExceptions(knex: Knex, options: Options) {
  return knex.transaction(async trx => {
    const rows: ExceptionRow[] = await trx('exceptions')
      .whereNull('ended_at')
      .where('expires_at', '<=', options.now.toISOString())
      .select('*');
    await end(trx, rows, options.now);
    const ids = new Set<string>();
    for (const row of rows) {
      for (const id of await touched(trx, row)) ids.add(id);
    }
    return settleAll(trx, [...ids], options);
  });
}

/** Whether the reader may see any repository that it covers something in. */
async function coversVisible(
  trx: Knex,
  row: ExceptionRow,
  visibility: Visibility,
): Promise<boolean> {
  const visible = visibleRepository(trx, 'r.id', visibility);
  const found = await trx('repositories as r')
    .whereIn('r.id', await touched(trx, row))
    .whereRaw(visible.sql, visible.bindings)
    .first('r.id');
  return found !== undefined;
}

async function end(trx: Knex, rows: readonly ExceptionRow[], now: Date) {
  await trx('exceptions')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .update({ ended_at: now.toISOString() });
}

/** The repositories in which it covers, or covered, anything. */
async function touched(trx: Knex, row: ExceptionRow): Promise<string[]> {
  if (row.repository_id !== null) return [row.repository_id];
  const names = dialectOf(trx).oneOf('n.name', JSON.parse(row.names));
  const rows = await trx('findings as f')
    .join('finding_names as n', 'n.finding_id', 'f.id')
    .join('entity_claims as e', 'e.repository_id', 'f.repository_id')
    .where({ 'e.owner': row.owner, 'f.kind': row.kind })
    .whereRaw(names.sql, names.bindings)
    .distinct('f.repository_id');
  return rows.map(({ repository_id: id }) => id).sort();
}

/** Decides the state of every finding of these repositories anew. */
async function settleAll(
  trx: Knex.Transaction,
  repositoryIds: readonly string[],
  options: Options,
  actor: string | null = null,
): Promise<{ repositoryIds: string[]; revision: number | null }> {
  const changed: { repositoryId: string; merged: Merged }[] = [];
  for (const repositoryId of repositoryIds) {
    if (!(await lockRepository(trx, repositoryId))) continue;
    const circumstances = await loadCircumstances(
      ...([trx, repositoryId, options.now] as const),
    );
    const merged: Merged = { changed: [], events: [] };
    for (const finding of await loadFindings(trx, repositoryId)) {
      const { commit } = finding;
      const next = settle(finding, { ...circumstances, commit });
      if (next.events.length === 0) continue;
      merged.changed.push(next.finding);
      merged.events.push(...next.events.map(event => by(event, actor)));
    }
    if (merged.changed.length > 0) changed.push({ repositoryId, merged });
  }
  return {
    repositoryIds: changed.map(({ repositoryId }) => repositoryId),
    revision: changed.length > 0 ? await conclude(trx, changed, options) : null,
  };
}

function by(event: LifeEvent, actor: string | null): LifeEvent {
  return { ...event, actor: event.actor ?? actor };
}

function covers(
  scope: Exception['scope'],
  of: { finding: StoredFinding; owner: string | null; repository: string },
): string {
  const { seen } = of.finding;
  if (scope === 'owner') return `${seen.rule} in all that ${of.owner} owns`;
  if (scope === 'repository') return `${seen.rule} in ${of.repository}`;
  const what = seen.component ? `${seen.component.name}, ` : '';
  // Where a secret is, not everyone may see.
  const where = seen.kind === 'secret' ? 'one place' : seen.path || 'settings';
  return `${seen.rule} in ${what}${where} of ${of.repository}`;
}
