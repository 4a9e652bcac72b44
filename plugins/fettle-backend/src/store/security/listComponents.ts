import { InputError } from '@backstage/errors';
import type {
  Component,
  ComponentPage,
  ComponentQuery,
  ListedComponent,
  PackageUses,
  PackageUsesQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import { stepsBehind } from '../../releases/stepsBehind';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories, visibleClaim } from '../query/visible';
import { idIn, loadNewest } from '../releases/loadNewest';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { loadPlaces, type SeenPlace } from './loadPlaces';
import { componentUses } from './componentUses';
import { inFolder, likePart } from './listFindings';

const COLUMNS = [
  ...['p.ecosystem', 'p.name', 'p.name_key', 'c.version', 'c.purl'],
  ...['c.licence', 'u.repository_id', 'u.path', 'u.line', 'u.direct'],
  ...['u.scope', 'u.requirement', 'u.chain', 'u.component_id'],
  ...['u.scanner_id', 'c.package_id'],
];

/** For whom, and with which pages of files. */
interface Reading {
  fileUrl: FileUrl;
  visibility: Visibility;
}

/** One page of the components of a repository, by name, version and path. */
export async function listComponents(
  knex: Knex,
  repositoryId: string,
  options: ComponentQuery & Reading,
): Promise<ComponentPage> {
  const { fileUrl, visibility, ...query } = options;
  const { value: revision } = await readRevisions(knex);
  const rows = componentUses(knex).where('u.repository_id', repositoryId);
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

/** Every use of one package in repositories that the reader may see. */
export async function packageUses(
  knex: Knex,
  query: PackageUsesQuery,
  visibility: Visibility,
  fileUrl: FileUrl,
): Promise<PackageUses> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const rows = componentUses(knex)
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
  const components = await present(knex, page.rows, { fileUrl, visibility });
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

/** For rows with package, ecosystem and version: the newest version of each, and how far behind it is. */
async function newestOf(
  knex: Knex,
  rows: readonly any[],
  visibility: Visibility,
): Promise<(row: any) => Pick<ListedComponent, 'newest' | 'behind'>> {
  const packages = new Map<number, string>(
    rows.map(row => [row.package_id, row.ecosystem]),
  );
  const found = await loadNewest(knex, packages, visibility);
  return row => {
    const newest = found.get(row.package_id) ?? null;
    const version = row.version === '' ? null : row.version;
    return {
      newest,
      behind: newest && stepsBehind(row.ecosystem, version, newest.version),
    };
  };
}

/** Rows with the pages of their files and the newest versions, in the order given. */
async function present(
  knex: Knex,
  rows: readonly any[],
  { fileUrl, visibility }: Reading,
): Promise<ListedComponent[]> {
  const places: SeenPlace[] = rows.map(row => ({
    ...{ repositoryId: row.repository_id, observers: [row.scanner_id] },
    seen: { path: row.path, line: row.line },
  }));
  const pageOf = await loadPlaces(knex, places, fileUrl);
  const newest = await newestOf(knex, rows, visibility);
  return rows.map((row, index) => ({
    ...toComponent(row, pageOf(places[index])),
    ...newest(row),
  }));
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
