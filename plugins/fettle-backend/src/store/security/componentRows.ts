import type {
  Component,
  ListedComponent,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import { stepsBehind } from '../../releases/stepsBehind';
import type { Visibility } from '../FettleStore';
import { loadNewest } from '../releases/loadNewest';
import { loadPlaces, type SeenPlace } from './loadPlaces';

/** What {@link present} needs of a use, its component and its package. */
export const COLUMNS = [
  ...['p.ecosystem', 'p.name', 'p.name_key', 'c.version', 'c.purl'],
  ...['c.licence', 'u.repository_id', 'u.path', 'u.line', 'u.direct'],
  ...['u.scope', 'u.requirement', 'u.chain', 'u.component_id'],
  ...['u.scanner_id', 'c.package_id'],
];

/** For whom, and with which pages of files. */
export interface Reading {
  fileUrl: FileUrl;
  visibility: Visibility;
}

/** For rows with package, ecosystem and version: the newest version of each, and how far behind it is. */
export async function newestOf(
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
export async function present(
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
