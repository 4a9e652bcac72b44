import type { PackagePage, PackageQuery } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { stepsBehind } from '../../releases/stepsBehind';
import type { Visibility } from '../FettleStore';
import { visibleClaim } from '../query/visible';
import { loadNewest } from '../releases/loadNewest';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { componentUses } from './componentUses';
import { filterUses, inRepositories } from './filterUses';
import { packageKey } from './findingRows';
import { likePart } from './likePart';
import { notOurs, readCursor, writeCursor } from './readPage';

const MOST_VERSIONS = 20;

interface Row {
  id: number;
  ecosystem: string;
  name: string;
  repositories: number | string;
}

/** Packages by how many repositories use them. */
export async function listPackages(
  knex: Knex,
  query: PackageQuery,
  visibility: Visibility,
): Promise<PackagePage> {
  const { value: revision } = await readRevisions(knex);
  const rows = await countRepositories(knex, query, visibility);
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  const ids = shown.map(({ id }) => id);
  const counted = componentUses(knex)
    .whereIn('p.id', ids)
    .groupBy('c.package_id', 'c.version')
    .select('c.package_id', 'c.version')
    .countDistinct({ number: 'u.repository_id' })
    .orderBy([{ column: 'number', order: 'desc' }, { column: 'c.version' }]);
  filterUses(knex, counted, query, visibility);
  const versions: { package_id: number; version: string; number: string }[] =
    await counted;
  const newest = await loadNewest(
    knex,
    new Map(shown.map(({ id, ecosystem }) => [id, ecosystem])),
    visibility,
  );
  const findings = await countFindings(knex, shown, query, visibility);
  return {
    items: shown.map(row => {
      const of = versions.filter(one => one.package_id === row.id);
      const best = newest.get(row.id) ?? null;
      return {
        ecosystem: row.ecosystem,
        name: row.name,
        repositories: Number(row.repositories),
        versions: of.slice(0, MOST_VERSIONS).map(({ version, number }) => ({
          version: version === '' ? null : version,
          repositories: Number(number),
          behind: best && stepsBehind(row.ecosystem, version, best.version),
        })),
        ...{ versionCount: of.length, newest: best },
        findings: findings.get(packageKey(row)) ?? 0,
      };
    }),
    nextCursor:
      rows.length > query.limit && last
        ? writeCursor([Number(last.repositories), last.name, last.id])
        : null,
    ecosystems: await findEcosystems(knex, visibility),
    owners: await findOwners(knex, visibility),
    revision,
  };
}

/** Narrows the packages `p` by what they are called. */
export function filterPackages(
  rows: Knex.QueryBuilder,
  { search, ecosystem }: Pick<PackageQuery, 'search' | 'ecosystem'>,
): void {
  if (search) {
    rows.whereRaw(`p.name_key like ? escape '\\'`, [likePart(search)]);
  }
  if (ecosystem) rows.where('p.ecosystem', storable(ecosystem));
}

/** One more than a page holds. Counted before names are looked at, from indexes alone. */
function countRepositories(
  knex: Knex,
  query: PackageQuery,
  visibility: Visibility,
): Promise<Row[]> {
  const counted = knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .groupBy('c.package_id')
    .select('c.package_id')
    .countDistinct({ repositories: 'u.repository_id' });
  filterUses(knex, counted, query, visibility);
  if (query.search || query.ecosystem) {
    const named = knex('packages as p').select('p.id');
    filterPackages(named, query);
    counted.whereIn('c.package_id', named);
  }
  const rows = knex
    .from(counted.as('n'))
    .join('packages as p', 'p.id', 'n.package_id')
    .select('p.id', 'p.ecosystem', 'p.name', 'n.repositories')
    .orderBy([
      { column: 'n.repositories', order: 'desc' },
      { column: 'p.name', order: 'asc' },
      { column: 'p.id', order: 'asc' },
    ])
    .limit(query.limit + 1);
  if (query.cursor !== undefined) {
    const [repositories, name, id] = readCursor(query.cursor, 3);
    if (typeof repositories !== 'number' || typeof id !== 'number') {
      throw notOurs();
    }
    rows.whereRaw(
      '(n.repositories < ? or (n.repositories = ? and (p.name, p.id) > (?, ?)))',
      [repositories, repositories, name, id],
    );
  }
  return rows as unknown as Promise<Row[]>;
}

/** Open findings about packages, by their keys, in the repositories that are counted. */
async function countFindings(
  knex: Knex,
  packages: readonly Row[],
  query: PackageQuery,
  visibility: Visibility,
): Promise<ReadonlyMap<string, number>> {
  const { owner, licence } = query;
  const within = inRepositories(knex, 'f.repository_id', visibility, owner);
  const rows: Knex.QueryBuilder = knex('findings as f')
    .where('f.state', 'open')
    .whereIn('f.package', packages.map(packageKey))
    .whereRaw(within.sql, within.bindings)
    .groupBy('f.package')
    .select('f.package')
    .count({ number: '*' });
  if (licence !== undefined) {
    const uses = componentUses(knex)
      .whereRaw('u.repository_id = f.repository_id')
      .whereRaw(`p.ecosystem || ':' || p.name = f.package`)
      .select(knex.raw('1'));
    filterUses(knex, uses, { licence }, 'everything');
    rows.whereExists(uses);
  }
  const found: { package: string; number: number | string }[] = await rows;
  return new Map(found.map(one => [one.package, Number(one.number)]));
}

async function findEcosystems(
  knex: Knex,
  visibility: Visibility,
): Promise<string[]> {
  const used = componentUses(knex)
    .whereRaw('p.ecosystem = e.ecosystem')
    .select(knex.raw('1'))
    .limit(1);
  filterUses(knex, used, {}, visibility);
  const rows: { ecosystem: string }[] = await knex
    .from(knex('packages').distinct('ecosystem').as('e'))
    // Not exists: PostgreSQL would join every use to find one.
    .whereRaw('(?) is not null', [used])
    .orderBy('e.ecosystem')
    .select('e.ecosystem');
  return rows.map(({ ecosystem }) => ecosystem);
}

async function findOwners(
  knex: Knex,
  visibility: Visibility,
): Promise<string[]> {
  const claim = visibleClaim(knex, 'entity_ref', visibility);
  const rows: { owner: string }[] = await knex('entity_claims')
    .whereNotNull('owner')
    .whereNotNull('repository_id')
    .whereRaw(claim.sql, claim.bindings)
    .distinct('owner')
    .orderBy('owner');
  return rows.map(({ owner }) => owner);
}
