import { InputError } from '@backstage/errors';
import type {
  Component,
  ComponentPage,
  ComponentQuery,
  PackagePage,
  PackageQuery,
  PackageUses,
  PackageUsesQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories, visibleClaim } from '../query/visible';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { packageKey } from './findingRows';
import { loadPlaces, type SeenPlace } from './loadPlaces';
import { inFolder, likePart } from './listFindings';

const MOST_VERSIONS = 20;
const COLUMNS = [
  ...['p.ecosystem', 'p.name', 'p.name_key', 'c.version', 'c.purl'],
  ...['c.licence', 'u.repository_id', 'u.path', 'u.line', 'u.direct'],
  ...['u.scope', 'u.requirement', 'u.chain', 'u.component_id'],
  'u.scanner_id',
];

/** One page of the components of a repository, by name, version and path. */
export async function listComponents(
  knex: Knex,
  repositoryId: string,
  { fileUrl, ...query }: ComponentQuery & { fileUrl: FileUrl },
): Promise<ComponentPage> {
  const { value: revision } = await readRevisions(knex);
  const rows = uses(knex).where('u.repository_id', repositoryId);
  inFolder(rows, 'u.path', query.subpath);
  if (query.search) {
    rows.whereRaw(`p.name_key like ? escape '\\'`, [likePart(query.search)]);
  }
  if (query.ecosystem) rows.where('p.ecosystem', storable(query.ecosystem));
  if (query.scope) rows.where('u.scope', query.scope);
  if (query.direct !== undefined) rows.where('u.direct', Number(query.direct));
  const [{ total }] = await rows.clone().count({ total: '*' });
  const order = ['p.name_key', 'u.component_id', 'u.path'];
  const page = await readPage(rows.select(COLUMNS), order, query);
  return {
    items: await present(knex, page.rows, fileUrl),
    nextCursor: page.next(last => [
      last.name_key,
      last.component_id,
      last.path,
    ]),
    total: Number(total),
    revision,
  };
}

/** Every use of one package in repositories that the reader may see. */
export async function packageUses(
  knex: Knex,
  query: PackageUsesQuery,
  visibility: Visibility,
  fileUrl: FileUrl,
): Promise<PackageUses> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const rows = uses(knex)
    .join('repositories as r', 'r.id', 'u.repository_id')
    .where('p.ecosystem', storable(query.ecosystem))
    .where('p.name', storable(query.name))
    .whereRaw(visible.sql, visible.bindings);
  if (query.version !== undefined) {
    rows.where('c.version', storable(query.version));
  }
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
  const components = await present(knex, page.rows, fileUrl);
  return {
    items: page.rows.map((row, index) => ({
      ...components[index],
      repositoryId: row.repository_id,
      repository: row.repository,
      owners: claims
        .filter(one => one.repository_id === row.repository_id)
        .map(({ owner }) => owner),
    })),
    nextCursor: page.next(last => [
      last.r_key,
      last.repository_id,
      last.component_id,
      last.path,
    ]),
    revision,
  };
}

/** Packages by how many repositories use them. */
export async function listPackages(
  knex: Knex,
  query: PackageQuery,
  visibility: Visibility,
): Promise<PackagePage> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const offset = readOffset(query.cursor);
  const counted = uses(knex)
    .whereRaw(visible.sql, visible.bindings)
    .groupBy('p.id', 'p.ecosystem', 'p.name')
    .select('p.id', 'p.ecosystem', 'p.name')
    .countDistinct({ repositories: 'u.repository_id' })
    .orderBy([
      { column: 'repositories', order: 'desc' },
      { column: 'p.name', order: 'asc' },
      { column: 'p.id', order: 'asc' },
    ])
    .offset(offset)
    .limit(query.limit + 1);
  if (query.search) {
    counted.whereRaw(`p.name_key like ? escape '\\'`, [likePart(query.search)]);
  }
  if (query.ecosystem) counted.where('p.ecosystem', storable(query.ecosystem));
  const rows: {
    id: number;
    ecosystem: string;
    name: string;
    repositories: number | string;
  }[] = await counted;
  const shown = rows.slice(0, query.limit);
  const versions: { package_id: number; version: string; number: string }[] =
    await uses(knex)
      .whereIn(
        'p.id',
        shown.map(({ id }) => id),
      )
      .whereRaw(visible.sql, visible.bindings)
      .groupBy('c.package_id', 'c.version')
      .select('c.package_id', 'c.version')
      .countDistinct({ number: 'u.repository_id' })
      .orderBy([{ column: 'number', order: 'desc' }, { column: 'c.version' }]);
  const inFindings = inVisibleRepositories(knex, 'repository_id', visibility);
  const findings: { package: string; number: number | string }[] = await knex(
    'findings',
  )
    .where({ state: 'open' })
    .whereIn('package', shown.map(packageKey))
    .whereRaw(inFindings.sql, inFindings.bindings)
    .groupBy('package')
    .select('package')
    .count({ number: '*' });
  return {
    items: shown.map(row => {
      const of = versions.filter(one => one.package_id === row.id);
      const found = findings.find(one => one.package === packageKey(row));
      return {
        ecosystem: row.ecosystem,
        name: row.name,
        repositories: Number(row.repositories),
        versions: of.slice(0, MOST_VERSIONS).map(({ version, number }) => ({
          version: version === '' ? null : version,
          repositories: Number(number),
        })),
        versionCount: of.length,
        findings: Number(found?.number ?? 0),
      };
    }),
    nextCursor: rows.length > query.limit ? String(offset + query.limit) : null,
    revision,
  };
}

function uses(knex: Knex): Knex.QueryBuilder {
  return knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .join('packages as p', 'p.id', 'c.package_id');
}

async function readPage(
  rows: Knex.QueryBuilder,
  order: readonly string[],
  { cursor, limit }: { cursor?: string; limit: number },
) {
  if (cursor !== undefined) {
    rows.whereRaw(
      `(${order.join(', ')}) > (${order.map(() => '?').join(', ')})`,
      readCursor(cursor, order.length),
    );
  }
  const found: any[] = await rows.orderBy([...order]).limit(limit + 1);
  const shown = found.slice(0, limit);
  return {
    rows: shown,
    next: (of: (row: any) => unknown[]) =>
      found.length > limit
        ? Buffer.from(JSON.stringify(of(shown.at(-1)))).toString('base64url')
        : null,
  };
}

function readCursor(cursor: string, length: number): (string | number)[] {
  try {
    const values: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (Array.isArray(values) && values.length === length) {
      return values.map(value =>
        typeof value === 'number' ? value : storable(String(value)),
      );
    }
  } catch {
    // It is said below, as for any other text that is no cursor.
  }
  throw new InputError('The cursor is not one that this list gave.');
}

function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new InputError('The cursor is not one that this list gave.');
  }
  return Number(cursor);
}

/** Rows with the pages of their files, in the order given. */
async function present(
  knex: Knex,
  rows: readonly any[],
  fileUrl: FileUrl,
): Promise<Component[]> {
  const places: SeenPlace[] = rows.map(row => ({
    ...{ repositoryId: row.repository_id, observers: [row.scanner_id] },
    seen: { path: row.path, line: row.line },
  }));
  const pageOf = await loadPlaces(knex, places, fileUrl);
  return rows.map((row, index) => toComponent(row, pageOf(places[index])));
}

function toComponent(row: any, url: string | null): Component {
  const version = row.version === '' ? null : row.version;
  return {
    purl: row.purl,
    ecosystem: row.ecosystem,
    name: row.name,
    version,
    requirement: row.requirement,
    licence: row.licence,
    path: row.path,
    line: row.line,
    direct: row.direct === null ? null : row.direct === 1,
    scope: row.scope,
    chain: row.chain ? JSON.parse(row.chain) : [],
    ...(url === null ? {} : { url }),
  };
}
