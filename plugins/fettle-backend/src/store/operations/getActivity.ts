import type { Knex } from 'knex';
import type { Activity } from 'backstage-plugin-fettle-common';
import type { Visibility } from '../FettleStore';
import { toActivity } from '../query/toActivity';
import { visibleRepository } from '../query/visible';
import { readRevisions } from '../revisions';

/** The newest changes of the fleet. */
export async function getActivity(
  knex: Knex,
  limit: number,
  visibility: Visibility,
): Promise<Activity> {
  const { value: revision } = await readRevisions(knex);
  const visible = visibleRepository(knex, 'h.repository_id', visibility);
  const rows = await knex('history_changes as h')
    .join('repositories as r', 'r.id', 'h.repository_id')
    .whereRaw(visible.sql, visible.bindings)
    .orderBy([
      { column: 'h.revision', order: 'desc' },
      { column: 'h.repository_id' },
      { column: 'h.subpath' },
    ])
    .limit(limit)
    .select('h.*', 'r.name');
  return { items: rows.map(toActivity), revision };
}
