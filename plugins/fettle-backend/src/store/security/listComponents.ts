import type {
  ComponentPage,
  ComponentQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { idIn } from '../releases/loadNewest';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { COLUMNS, newestOf, present, type Reading } from './componentRows';
import { componentUses, onceEach } from './componentUses';
import { likePart } from './likePart';
import { inFolder } from './listFindings';
import { readPage } from './readPage';

/** One page of the components of a repository, by name, version and path. */
export async function listComponents(
  knex: Knex,
  repositoryId: string,
  options: ComponentQuery & Reading,
): Promise<ComponentPage> {
  const { fileUrl, visibility, ...query } = options;
  const { value: revision } = await readRevisions(knex);
  const rows = componentUses(knex)
    .modify(onceEach)
    .where('u.repository_id', repositoryId);
  inFolder(rows, 'u.path', query.subpath);
  if (query.search) {
    rows.whereRaw(`p.name_key like ? escape '\\'`, [likePart(query.search)]);
  }
  if (query.ecosystem) rows.where('p.ecosystem', storable(query.ecosystem));
  if (query.scope) rows.where('u.scope', query.scope);
  if (query.direct !== undefined) rows.where('u.direct', Number(query.direct));
  if (query.behind !== undefined) {
    const standing = await standings(knex, rows, visibility);
    const ids = standing.filter(one => one.isBehind === query.behind);
    rows.whereRaw(
      ...idIn(
        knex,
        'u.component_id',
        ids.map(({ id }) => id),
      ),
    );
  }
  const [{ total }] = await rows.clone().count({ total: '*' });
  const order = ['p.name_key', 'u.component_id', 'u.path'];
  const page = await readPage(rows.select(COLUMNS), order, query);
  return {
    items: await present(knex, page.rows, { fileUrl, visibility }),
    nextCursor: page.next(last => [
      last.name_key,
      last.component_id,
      last.path,
    ]),
    total: Number(total),
    revision,
  };
}

/** The components of a selection of which it is known whether there is a newer version. */
async function standings(
  knex: Knex,
  selection: Knex.QueryBuilder,
  visibility: Visibility,
): Promise<{ id: number; isBehind: boolean }[]> {
  const rows: any[] = await selection
    .clone()
    .distinct('c.id', 'c.version', 'c.package_id', 'p.ecosystem');
  const newest = await newestOf(knex, rows, visibility);
  return rows.flatMap(row => {
    const behind = newest(row).behind;
    return behind ? { id: row.id, isBehind: behind.step !== 'none' } : [];
  });
}
