import type { Knex } from 'knex';
import { drawRevision } from '../revisions';
import { lockRepository } from '../security/observe';
import { storable, storableJson } from '../storable';
import { deleteRows, upsertRows } from '../writeRows';
import { BASES, DRIFTS, type DriftRow } from './rows';
import type { FoundDrift, StandardStore } from './StandardStore';

type Found = Parameters<StandardStore['save']>[0];

/** Brings into force how a repository stands; null where readers see no difference. */
export async function saveDrifts(
  knex: Knex,
  { repositoryId, digest, commit, drifts, keepOthers, dueAt }: Found,
  now: Date,
): Promise<number | null> {
  const mine = { repository_id: repositoryId };
  return knex.transaction(async trx => {
    if (!(await lockRepository(trx, repositoryId))) return null;
    const rows: DriftRow[] = await trx('standard_drifts').where(mine);
    const before = new Map(rows.map(row => [row.standard_id, row]));
    const written = drifts.map(drift => {
      const old = before.get(drift.standardId);
      before.delete(drift.standardId);
      return { old, row: toRow(repositoryId, drift, commit, old, now) };
    });
    if (keepOthers) before.clear();
    const changed = written.filter(({ old, row }) => !old || differs(old, row));
    const visible = changed.length > 0 || before.size > 0;
    const revision = visible ? await drawRevision(trx) : null;
    await upsertRows(
      ...([trx, DRIFTS, written.map(({ row }) => row)] as const),
    );
    for (const table of ['standard_drifts', 'standard_bases']) {
      await deleteRows(
        ...([trx, table, ['repository_id', 'standard_id']] as const),
        [...before.keys()].map(id => [repositoryId, id]),
      );
    }
    for (const { standardId, state, rendered } of drifts) {
      if (state !== 'follows') continue;
      await trx('standard_bases')
        .where({ ...mine, standard_id: standardId })
        .delete();
      await upsertRows(
        ...([trx, BASES] as const),
        [...rendered].map(([path, content]) => ({
          ...{ ...mine, standard_id: standardId },
          ...{ path: storable(path), content: storable(content) },
        })),
      );
    }
    await trx('standard_states')
      .insert({ ...mine, digest, commit, due_at: dueAt.toISOString() })
      .onConflict('repository_id')
      .merge();
    return revision;
  });
}

function toRow(
  repositoryId: string,
  drift: FoundDrift,
  commit: string | null,
  old: DriftRow | undefined,
  now: Date,
): DriftRow {
  const { standardId, version, state, reason, files, settings } = drift;
  const at = now.toISOString();
  return {
    ...{ repository_id: repositoryId, standard_id: standardId },
    ...{ version, state, commit, checked_at: at },
    applied_version:
      state === 'follows' ? version : old?.applied_version ?? null,
    detail: storableJson({ reason, files, settings }),
    since: old?.state === state ? old.since : at,
  };
}

const COMPARED = ['version', 'state', 'detail', 'applied_version'] as const;

function differs(a: DriftRow, b: DriftRow): boolean {
  return COMPARED.some(column => a[column] !== b[column]);
}
