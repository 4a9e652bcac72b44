import type { Knex } from 'knex';
import type { RepositorySummary } from 'backstage-plugin-fettle-common';
import type { ReadClock, Visibility } from '../FettleStore';
import { loadSummaries } from '../query/loadSummaries';
import { visibleRepository } from '../query/visible';

/** One repository with the numbers of one of its folders. */
export async function getSummary(
  knex: Knex,
  id: string,
  subpath: string,
  visibility: Visibility,
  clock: ReadClock,
): Promise<RepositorySummary | undefined> {
  const visible = visibleRepository(knex, 'repositories.id', visibility);
  const row = await knex('repositories')
    .where({ id })
    .whereRaw(visible.sql, visible.bindings)
    .first('id');
  if (!row) return undefined;
  if (subpath !== '' && !(await isFolder(knex, id, subpath))) return undefined;
  const [summary] = await loadSummaries(knex, [id], {
    subpath,
    visibility,
    clock,
  });
  return summary;
}

/** Judged already, or claimed and to be judged. */
async function isFolder(knex: Knex, id: string, subpath: string) {
  const target = { repository_id: id, subpath };
  const found =
    (await knex('rollups').where(target).first('subpath')) ??
    (await knex('entity_claims').where(target).first('subpath'));
  return found !== undefined;
}
