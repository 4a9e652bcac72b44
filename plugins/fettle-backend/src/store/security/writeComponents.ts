import type { ComponentReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { storable, storableJson } from '../storable';
import { upsertRows, type Table } from '../writeRows';
import { REPOSITORY_COMPONENTS, type ComponentRow } from './rows';

const MOST_CHAIN = 20;
const SCOPES = ['runtime', 'unknown', 'optional', 'development'];

const PACKAGES: Table<{ ecosystem: string; name: string; name_key: string }> = {
  name: 'packages',
  columns: { ecosystem: 'text', name: 'text', name_key: 'text' },
  key: ['ecosystem', 'name'],
};

const COMPONENTS: Table<{
  package_id: number;
  version: string;
  purl: string;
  licence: string | null;
}> = {
  name: 'components',
  columns: {
    package_id: 'integer',
    version: 'text',
    purl: 'text',
    licence: 'text',
  },
  key: ['package_id', 'version'],
};

/**
 * Replaces the components that one scanner found in a repository; those of
 * files that it could not read stay.
 *
 * @returns whether anything differs from before
 */
export async function writeComponents(
  trx: Knex,
  repositoryId: string,
  scannerId: string,
  reports: readonly ComponentReport[],
  unread: (path: string) => boolean,
): Promise<boolean> {
  const ids = await resolveComponents(trx, reports);
  const rows = new Map<string, ComponentRow>();
  for (const report of reports) {
    const row = toRow(repositoryId, scannerId, report, ids(report));
    const place = `${row.path}\0${row.component_id}`;
    const before = rows.get(place);
    rows.set(place, before ? stronger(before, row) : row);
  }
  const stored: ComponentRow[] = await trx('repository_components')
    .where({ repository_id: repositoryId, scanner_id: scannerId })
    .select(...Object.keys(REPOSITORY_COMPONENTS.columns));
  const kept = new Map(
    stored.map(row => [`${row.path}\0${row.component_id}`, row]),
  );
  const gone = stored.filter(
    row => !rows.has(`${row.path}\0${row.component_id}`) && !unread(row.path),
  );
  const changed = [...rows].flatMap(([place, row]) =>
    same(kept.get(place), row) ? [] : [row],
  );
  for (let start = 0; start < gone.length; start += 500) {
    const batch = gone.slice(start, start + 500);
    const { sql, bindings } = dialectOf(trx).rows(
      { path: 'text', component_id: 'integer' },
      batch.map(row => [row.path, row.component_id]),
    );
    await trx.raw(
      `delete from repository_components where repository_id = ? and scanner_id = ? and ("path", "component_id") in (${sql})`,
      [repositoryId, scannerId, ...bindings],
    );
  }
  await upsertRows(trx, REPOSITORY_COMPONENTS, changed);
  return gone.length > 0 || changed.length > 0;
}

/** Makes the packages and versions that are new, and gives the id of each. */
export async function resolveComponents(
  trx: Knex,
  reports: readonly ComponentReport[],
): Promise<(report: ComponentReport) => number> {
  const packages = new Map<string, ComponentReport>();
  for (const report of reports) packages.set(packageOf(report), report);
  const wanted = [...packages.values()].map(({ ecosystem, name }) => [
    storable(ecosystem),
    storable(name),
  ]);
  const given = dialectOf(trx).rows(
    { ecosystem: 'text', name: 'text' },
    wanted,
  );
  // Writing what is there already would draw ids for nothing.
  const find = async () => {
    const found = await trx('packages')
      .whereRaw(`("ecosystem", "name") in (${given.sql})`, given.bindings)
      .select('id', 'ecosystem', 'name');
    return new Map<string, number>(found.map(row => [packageOf(row), row.id]));
  };
  let known = await find();
  const missing = [...packages.values()].filter(
    report => !known.has(packageOf(storableKey(report))),
  );
  if (missing.length > 0) {
    await upsertRows(
      trx,
      PACKAGES,
      missing.map(({ ecosystem, name }) => ({
        ecosystem: storable(ecosystem),
        name: storable(name),
        name_key: storable(name.toLocaleLowerCase('en-US')),
      })),
    );
    known = await find();
  }
  const packageId = (report: ComponentReport) =>
    known.get(packageOf(storableKey(report)))!;
  const versions = new Map<string, ComponentReport>();
  for (const report of reports) {
    const place = `${packageId(report)}\0${storable(report.version ?? '')}`;
    if (!versions.has(place) || report.licence) versions.set(place, report);
  }
  await upsertRows(
    trx,
    COMPONENTS,
    [...versions.values()].map(report => ({
      package_id: packageId(report),
      version: storable(report.version ?? ''),
      purl: storable(report.purl),
      licence: report.licence ? storable(report.licence.slice(0, 500)) : null,
    })),
    { licence: 'coalesce(excluded."licence", "components"."licence")' },
  );
  const ids = new Map<string, number>();
  const all = [...new Set(known.values())];
  for (let start = 0; start < all.length; start += 5_000) {
    const rows = await trx('components')
      .whereIn('package_id', all.slice(start, start + 5_000))
      .select('id', 'package_id', 'version');
    for (const row of rows)
      ids.set(`${row.package_id}\0${row.version}`, row.id);
  }
  return report =>
    ids.get(`${packageId(report)}\0${storable(report.version ?? '')}`)!;
}

function storableKey({ ecosystem, name }: ComponentReport) {
  return { ecosystem: storable(ecosystem), name: storable(name) };
}

function packageOf({ ecosystem, name }: { ecosystem: string; name: string }) {
  return `${ecosystem}\0${name}`;
}

/** How a report is stored. */
export function toRow(
  repositoryId: string,
  scannerId: string,
  report: ComponentReport,
  componentId: number,
): ComponentRow {
  const { direct, requirement, chain = [] } = report;
  return {
    repository_id: repositoryId,
    path: storable(report.path),
    component_id: componentId,
    scanner_id: scannerId,
    line: report.line ?? null,
    direct: direct === null ? null : Number(direct),
    scope: report.scope,
    requirement: requirement ? storable(requirement.slice(0, 200)) : null,
    chain: chain.length > 0 ? storableJson(chain.slice(0, MOST_CHAIN)) : null,
  };
}

/** Of two uses in one file, what is delivered counts, and what is asked for. */
function stronger(a: ComponentRow, b: ComponentRow): ComponentRow {
  const first =
    a.direct === b.direct || a.direct === 1 || b.direct !== 1 ? a : b;
  const scope =
    SCOPES.indexOf(a.scope) <= SCOPES.indexOf(b.scope) ? a.scope : b.scope;
  return { ...first, scope };
}

function same(a: ComponentRow | undefined, b: ComponentRow): boolean {
  return (
    a !== undefined &&
    Object.keys(REPOSITORY_COMPONENTS.columns).every(
      column =>
        a[column as keyof ComponentRow] === b[column as keyof ComponentRow],
    )
  );
}
