import type {
  PackageUses,
  PackageUsesQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import { readVersionRange } from '../../releases/readVersionRange';
import type { Visibility } from '../FettleStore';
import { visibleClaim } from '../query/visible';
import { idIn } from '../releases/loadNewest';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { COLUMNS, present } from './componentRows';
import { componentUses, onceEach } from './componentUses';
import { filterUses } from './filterUses';
import { readPage } from './readPage';

/** Every use of one package in repositories that the reader may see. */
export async function packageUses(
  knex: Knex,
  query: PackageUsesQuery,
  visibility: Visibility,
  fileUrl: FileUrl,
): Promise<PackageUses> {
  const { value: revision } = await readRevisions(knex);
  const rows = componentUses(knex)
    .modify(onceEach)
    .join('repositories as r', 'r.id', 'u.repository_id')
    .where('p.ecosystem', storable(query.ecosystem))
    .where('p.name', storable(query.name));
  filterUses(knex, rows, query, visibility);
  if (query.version !== undefined) {
    rows.where('c.version', storable(query.version));
  }
  const unclear = await narrowToRange(knex, rows, query);
  const uses: { component_id: number; uses: number | string }[] = await rows
    .clone()
    .groupBy('u.component_id')
    .select('u.component_id')
    .count({ uses: '*' });
  const order = ['r.name_key', 'r.id', 'u.component_id', 'u.path'];
  const page = await readPage(
    rows.select([...COLUMNS, 'r.name as repository', 'r.name_key as r_key']),
    order,
    query,
  );
  const claim = visibleClaim(knex, 'entity_ref', visibility);
  const claims: { repository_id: string; owner: string }[] = await knex(
    'entity_claims',
  )
    .whereIn('repository_id', [
      ...new Set(page.rows.map(row => row.repository_id)),
    ])
    .whereNotNull('owner')
    .whereRaw(claim.sql, claim.bindings)
    .distinct('repository_id', 'owner')
    .orderBy('owner');
  const components = await present(knex, page.rows, { fileUrl, visibility });
  return {
    items: page.rows.map((row, index) => ({
      ...components[index],
      repositoryId: row.repository_id,
      repository: row.repository,
      owners: claims
        .filter(one => one.repository_id === row.repository_id)
        .map(({ owner }) => owner),
      comparable: !unclear.has(row.component_id),
    })),
    nextCursor: page.next(last => [
      last.r_key,
      last.repository_id,
      last.component_id,
      last.path,
    ]),
    total: sum(uses),
    owners: await findOwners(knex, query, visibility),
    notComparable: sum(uses.filter(one => unclear.has(one.component_id))),
    revision,
  };
}

/** Leaves the versions in the range and those of which nobody can say it, whose components are given back. */
async function narrowToRange(
  knex: Knex,
  rows: Knex.QueryBuilder,
  { ecosystem, name, range }: PackageUsesQuery,
): Promise<ReadonlySet<number>> {
  const unclear = new Set<number>();
  if (range === undefined) return unclear;
  const isIn = readVersionRange(ecosystem, range);
  const versions: { id: number; version: string }[] = await knex(
    'components as c',
  )
    .join('packages as p', 'p.id', 'c.package_id')
    .where('p.ecosystem', storable(ecosystem))
    .where('p.name', storable(name))
    .select('c.id', 'c.version');
  const left = versions.filter(({ id, version }) => {
    const answer = isIn(version === '' ? null : version);
    if (answer === null) unclear.add(id);
    return answer !== false;
  });
  rows.whereRaw(
    ...idIn(
      knex,
      'u.component_id',
      left.map(({ id }) => id),
    ),
  );
  return unclear;
}

async function findOwners(
  knex: Knex,
  { ecosystem, name }: PackageUsesQuery,
  visibility: Visibility,
): Promise<string[]> {
  const claim = visibleClaim(knex, 'entity_ref', visibility);
  const uses = componentUses(knex)
    .where('p.ecosystem', storable(ecosystem))
    .where('p.name', storable(name))
    .select('u.repository_id');
  const rows: { owner: string }[] = await knex('entity_claims')
    .whereIn('repository_id', uses)
    .whereNotNull('owner')
    .whereRaw(claim.sql, claim.bindings)
    .distinct('owner')
    .orderBy('owner');
  return rows.map(({ owner }) => owner);
}

function sum(rows: readonly { uses: number | string }[]): number {
  return rows.reduce((all, { uses }) => all + Number(uses), 0);
}
