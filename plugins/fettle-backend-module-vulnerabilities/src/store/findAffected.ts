import type { Knex } from 'knex';
import type { Range } from '../record/readRanges';
import { givenRows, leadingJoin, queryRows } from './givenRows';

/** What one record says of one package. */
export interface Affected {
  key: number;
  record: number;
  ranges: Range[];
  /** How many versions it lists one by one. */
  versions: number;
}

interface Named {
  ecosystem: string;
  /** As names of its ecosystem are told apart. */
  name: string;
}

/** What is said of each of the packages, in the order given. */
export async function findAffected(
  knex: Knex,
  packages: readonly Named[],
): Promise<Affected[][]> {
  const given = givenRows(
    knex,
    { place: 'integer', ecosystem: 'text', name: 'text' },
    packages.map(({ ecosystem, name }, i) => [i, ecosystem, name]),
  );
  const rows = await queryRows<{
    place: number;
    key: number;
    record: number;
    ranges: string;
    versions: number;
  }>(
    knex,
    `select given.place, a.key, a.record, a.ranges, a.versions
     from (${given.sql}) as given
     ${leadingJoin(knex)} osv_affected a
       on a.ecosystem = given.ecosystem and a.name = given.name`,
    given.bindings,
  );
  const found: Affected[][] = packages.map(() => []);
  for (const { place, key, record, ranges, versions } of rows) {
    found[place].push({
      key: Number(key),
      record: Number(record),
      ranges: JSON.parse(ranges),
      versions,
    });
  }
  return found;
}

/** Which of the pairs of what a record says and a version are listed; `key version`. */
export async function findListed(
  knex: Knex,
  pairs: readonly (readonly [affected: number, version: string])[],
): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const given = givenRows(knex, { affected: 'bigint', version: 'text' }, pairs);
  const rows = await queryRows<{ affected: number; version: string }>(
    knex,
    `select v.affected, v.version from (${given.sql}) as given
     ${leadingJoin(knex)} osv_versions v
       on v.affected = given.affected and v.version = given.version`,
    given.bindings,
  );
  return new Set(rows.map(row => listedKey(Number(row.affected), row.version)));
}

export function listedKey(affected: number, version: string): string {
  return `${affected} ${version}`;
}
