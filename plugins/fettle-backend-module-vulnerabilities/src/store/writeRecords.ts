import type { PackageKey } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Advisory, AffectedPackage } from '../record/Advisory';
import { noteChanges, takeNumbers } from './changes';
import { deleteWhere, givenRows, putRows, queryRows, Value } from './givenRows';

/** A record as a feed holds it now. */
export interface FeedRecord {
  id: string;
  /** From a dump, or a file of its own, which counts more. */
  origin: 'dump' | 'single';
  /** Differs where the file does. */
  stamp: string;
  /** What it says, or why it was not taken: what it said before then stays in force. */
  content: Advisory | { problem: string };
}

const RECORD_COLUMNS = {
  key: 'bigint',
  feed: 'text',
  id: 'text',
  origin: 'text',
  stamp: 'text',
  modified: 'text',
  readable: 'integer',
  problem: 'text',
  kind: 'text',
  severity: 'text',
  cvss: 'double precision',
  cvss_version: 'double precision',
  title: 'text',
  description: 'text',
  links: 'text',
  names: 'text',
} as const;

const CVE = /^CVE-\d{4}-\d{4,19}$/;

/** Brings records of a feed into force, those that others refer to by the way, in one transaction. Of those with one id the last counts. */
export async function writeRecords(
  knex: Knex,
  feed: string,
  given: readonly FeedRecord[],
): Promise<void> {
  if (given.length === 0) return;
  // A statement of PostgreSQL does not put one row twice.
  const records = [...new Map(given.map(one => [one.id, one])).values()];
  await knex.transaction(async trx => {
    const known = await keysOf(trx, feed, records);
    const good = records.flatMap(record =>
      'problem' in record.content
        ? []
        : [{ ...record, content: record.content }],
    );
    const replaced = good.flatMap(({ id }) => known.get(id) ?? []);
    const changed: PackageKey[] = await removeContents(trx, replaced);

    const packages = good.reduce(
      (sum, one) => sum + one.content.packages.length,
      0,
    );
    const numbers = await takeNumbers(trx, records.length + packages);
    let nextKey = numbers.firstKey;
    const keys = new Map<string, number>();
    for (const { id } of records) keys.set(id, known.get(id) ?? nextKey++);

    await writeProblems(trx, feed, records, keys);
    await putRows(
      trx,
      'osv_records',
      RECORD_COLUMNS,
      ['feed', 'id'],
      good.map(record => rowOf(feed, keys.get(record.id)!, record)),
    );
    const affected = good.flatMap(({ id, content }) =>
      content.packages.map(one => ({
        ...one,
        key: nextKey++,
        record: keys.get(id)!,
      })),
    );
    await writeAffected(trx, affected);
    await putRows(
      trx,
      'osv_cves',
      { cve: 'text', record: 'bigint' },
      ['cve', 'record'],
      good.flatMap(({ id, content }) =>
        [id, ...content.aliases]
          .filter(name => CVE.test(name))
          .map(cve => [cve, keys.get(id)!]),
      ),
    );
    await noteChanges(trx, numbers.seq, [
      ...changed,
      ...affected.flatMap(spellings),
    ]);
  });
}

/** Takes records out of force. */
export async function removeRecords(
  knex: Knex,
  feed: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await knex.transaction(async trx => {
    const known = await keysOf(
      trx,
      feed,
      ids.map(id => ({ id })),
    );
    const keys = [...known.values()];
    const changed = await removeContents(trx, keys);
    await deleteWhere(trx, 'osv_records', 'key', keys);
    const { seq } = await takeNumbers(trx, 0);
    await noteChanges(trx, seq, changed);
  });
}

async function keysOf(
  trx: Knex,
  feed: string,
  records: readonly { id: string }[],
): Promise<Map<string, number>> {
  const given = givenRows(
    trx,
    { id: 'text' },
    records.map(({ id }) => [id]),
  );
  const rows = await queryRows<{ id: string; key: number }>(
    trx,
    `select id, key from osv_records where feed = ? and id in (${given.sql})`,
    [feed, ...given.bindings],
  );
  return new Map(rows.map(({ id, key }) => [id, Number(key)]));
}

/** What records said before; gives the packages that they were about. */
async function removeContents(
  trx: Knex,
  records: readonly number[],
): Promise<PackageKey[]> {
  if (records.length === 0) return [];
  const given = givenRows(
    trx,
    { key: 'bigint' },
    records.map(key => [key]),
  );
  const rows = await queryRows<AffectedPackage & { key: number }>(
    trx,
    `select key, ecosystem, name, spelled from osv_affected where record in (${given.sql})`,
    given.bindings,
  );
  await deleteWhere(
    trx,
    'osv_versions',
    'affected',
    rows.map(row => Number(row.key)),
  );
  await deleteWhere(trx, 'osv_affected', 'record', records);
  await deleteWhere(trx, 'osv_cves', 'record', records);
  return rows.flatMap(spellings);
}

/** Components may be spelled as the record does, or as names are told apart. */
function spellings({
  ecosystem,
  name,
  spelled,
}: AffectedPackage): PackageKey[] {
  return name === spelled
    ? [{ ecosystem, name }]
    : [
        { ecosystem, name },
        { ecosystem, name: spelled },
      ];
}

async function writeProblems(
  trx: Knex,
  feed: string,
  records: readonly FeedRecord[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  const { key, id, origin, stamp, readable, problem } = RECORD_COLUMNS;
  const broken = records.flatMap(({ content, ...record }) =>
    'problem' in content ? [{ ...record, problem: content.problem }] : [],
  );
  const columns = { key, feed: 'text', id, origin, stamp, problem } as const;
  const rows = broken.map(one => [
    ...[keys.get(one.id)!, feed, one.id, one.origin, one.stamp, one.problem],
  ]);
  if (rows.length === 0) return;
  const given = givenRows(
    trx,
    { ...columns, readable },
    rows.map(row => [...row, 0]),
  );
  const names = [...Object.keys(columns), 'readable']
    .map(name => `"${name}"`)
    .join(', ');
  await trx.raw(
    `insert into osv_records (${names}) select ${names} from (${given.sql}) as given where true
     on conflict (feed, id) do update set origin = excluded.origin, stamp = excluded.stamp, problem = excluded.problem`,
    given.bindings,
  );
}

function rowOf(
  feed: string,
  key: number,
  { id, origin, stamp, content }: FeedRecord & { content: Advisory },
): Value[] {
  return [
    ...[key, feed, id, origin, stamp, content.modified, 1, null],
    ...[content.kind, content.severity, content.cvss, content.cvssVersion],
    ...[content.title, content.description],
    JSON.stringify(content.references),
    JSON.stringify([id, ...content.aliases]),
  ];
}

async function writeAffected(
  trx: Knex,
  affected: readonly (AffectedPackage & { key: number; record: number })[],
): Promise<void> {
  await putRows(
    trx,
    'osv_affected',
    {
      ...{ key: 'bigint', record: 'bigint', ecosystem: 'text', name: 'text' },
      ...{ spelled: 'text', ranges: 'text', versions: 'integer' },
    } as const,
    ['key'],
    affected.map(one => [
      ...[one.key, one.record, one.ecosystem, one.name, one.spelled],
      JSON.stringify(one.ranges),
      one.versions.length,
    ]),
  );
  await putRows(
    trx,
    'osv_versions',
    { affected: 'bigint', version: 'text' },
    ['affected', 'version'],
    affected.flatMap(({ key, versions }) =>
      versions.map(version => [key, version]),
    ),
  );
}
