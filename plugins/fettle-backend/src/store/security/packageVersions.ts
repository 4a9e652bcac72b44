import type { Behind, NewestVersion } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { stepsBehind } from '../../releases/stepsBehind';
import type { Visibility } from '../FettleStore';
import { idIn, loadNewest } from '../releases/loadNewest';
import { componentUses } from './componentUses';
import { filterUses, type UseFilters } from './filterUses';
import { filterPackages } from './listPackages';
import { readPage } from './readPage';

/** Packages of a page. */
const PACKAGES = 500;

/** A package at a version, and how many repositories use it. */
export interface PackageVersion {
  ecosystem: string;
  name: string;
  version: string | null;
  purl: string;
  licence: string | null;
  repositories: number;
  newest: NewestVersion | null;
  behind: Behind | null;
}

/** Which of them are asked for. */
export interface PackageVersionQuery extends UseFilters {
  search?: string;
  ecosystem?: string;
  cursor?: string;
}

/** Every version in use of the next packages, by name and version. A page may be empty and not the last. */
export async function packageVersions(
  knex: Knex,
  query: PackageVersionQuery,
  visibility: Visibility,
): Promise<{ items: PackageVersion[]; nextCursor: string | null }> {
  const packages = knex('packages as p').select('p.id', 'p.name_key');
  filterPackages(packages, query);
  const page = await readPage(packages, ['p.name_key', 'p.id'], {
    ...{ cursor: query.cursor, limit: PACKAGES },
  });
  const uses = componentUses(knex)
    .whereRaw(
      ...idIn(
        knex,
        'c.package_id',
        page.rows.map(({ id }) => id),
      ),
    )
    .groupBy('c.id', 'p.id')
    .select('c.package_id', 'p.ecosystem', 'p.name', 'c.version', 'c.purl')
    .select('c.licence')
    .countDistinct({ repositories: 'u.repository_id' })
    .orderBy(['p.name_key', 'p.id', 'c.version']);
  filterUses(knex, uses, query, visibility);
  const rows: any[] = await uses;
  const newest = await loadNewest(
    knex,
    new Map(rows.map(row => [row.package_id, row.ecosystem])),
    visibility,
  );
  return {
    items: rows.map(row => {
      const version = row.version === '' ? null : row.version;
      const best = newest.get(row.package_id) ?? null;
      return {
        ...{ ecosystem: row.ecosystem, name: row.name, version },
        ...{ purl: row.purl, licence: row.licence, newest: best },
        repositories: Number(row.repositories),
        behind: best && stepsBehind(row.ecosystem, version, best.version),
      };
    }),
    nextCursor: page.next(last => [last.name_key, last.id]),
  };
}
