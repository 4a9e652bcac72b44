import type { Knex } from 'knex';
import type { Changes } from 'backstage-plugin-fettle-common';
import type { ReadClock, Visibility } from '../FettleStore';
import { loadSummaries } from '../query/loadSummaries';
import { visibleRepository } from '../query/visible';
import { readRevisions } from '../revisions';

/** Above it, loading anew is cheaper. */
const MOST = 500;

/** What changed since a revision, as it is now. */
export async function getChanges(
  knex: Knex,
  since: number,
  repositoryId: string | undefined,
  visibility: Visibility,
  clock: ReadClock,
): Promise<Changes> {
  // First: what is committed after it has a higher revision and comes next time.
  const { value: revision, structure } = await readRevisions(knex);
  const reset = { revision, items: [], reset: true, changed: true };
  // A higher one than the newest is from a database that is gone.
  if (since > revision || since < structure) return reset;

  const visible = visibleRepository(knex, 'repositories.id', visibility);
  const query = knex('repositories')
    .where('revision', '>', since)
    .whereRaw(visible.sql, visible.bindings)
    .orderBy(['revision', 'id'])
    .limit(MOST + 1)
    .select('id');
  if (repositoryId !== undefined) query.where({ id: repositoryId });
  const rows: { id: string }[] = await query;
  if (rows.length > MOST) return reset;
  const items = await loadSummaries(
    knex,
    rows.map(row => row.id),
    { subpath: '', visibility, clock },
  );
  return { revision, items, reset: false, changed: items.length > 0 };
}
