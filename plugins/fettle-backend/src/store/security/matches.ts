import type { PackageKey } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Sighting } from '../../findings/Sighting';
import { dialectOf } from '../Dialect';
import { storable } from '../storable';
import type { DueDays } from './findingRows';
import { lockRepositories, observeAll } from './observe';
import type { ScanRow } from './rows';
import type { UsedComponent } from './SecurityStore';

/** The components of repositories by their ids, and by what to tell that they are still those. */
export async function usedComponents(
  knex: Knex,
  repositoryIds: readonly string[],
): Promise<Map<string, { components: UsedComponent[]; stamp: string }>> {
  // First: a scan that comes between is noticed when matches are saved.
  const scans = await readScans(knex, repositoryIds);
  const { sql, bindings } = dialectOf(knex).oneOf(
    'u.repository_id',
    repositoryIds,
  );
  const rows = await knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .join('packages as p', 'p.id', 'c.package_id')
    .whereRaw(sql, bindings)
    .orderBy(['u.path', 'p.name', 'c.version', 'u.scanner_id'])
    .select(
      ...['u.repository_id', 'p.ecosystem', 'p.name', 'c.version', 'c.licence'],
      ...['u.path', 'u.line', 'u.direct', 'u.scope', 'u.chain'],
    );
  const used = new Map(
    repositoryIds.map(id => [
      id,
      { components: [] as UsedComponent[], stamp: scans.get(id)!.stamp },
    ]),
  );
  for (const row of rows) {
    used.get(row.repository_id)!.components.push({
      ecosystem: row.ecosystem,
      name: row.name,
      version: row.version === '' ? null : row.version,
      licence: row.licence,
      path: row.path,
      line: row.line,
      direct: row.direct === null ? null : row.direct === 1,
      scope: row.scope,
      chain: row.chain ? JSON.parse(row.chain) : [],
    });
  }
  return used;
}

/** Gives the repositories in which nothing came between: of others, their own matching follows a scan. */
export async function saveMatches(
  knex: Knex,
  matcherId: string,
  given: readonly {
    repositoryId: string;
    stamp: string;
    sightings: readonly Sighting[];
  }[],
  options: { dueDays: DueDays; now: Date },
): Promise<{
  revision: number | null;
  changed: ReadonlySet<string>;
  saved: ReadonlySet<string>;
}> {
  return knex.transaction(async trx => {
    const ids = given.map(({ repositoryId }) => repositoryId);
    const there = await lockRepositories(trx, ids);
    const scans = await readScans(trx, ids);
    const current = given.filter(
      one =>
        there.has(one.repositoryId) &&
        scans.get(one.repositoryId)!.stamp === one.stamp,
    );
    const { revision, changed } = await observeAll(
      trx,
      current.map(({ repositoryId, sightings }) => ({
        repositoryId,
        observations: [
          {
            ...{ observer: matcherId, sightings, unread: () => false },
            commit: scans.get(repositoryId)!.commit,
          },
        ],
        otherNews: false,
      })),
      options,
    );
    const gone = ids.filter(id => !there.has(id));
    const saved = current.map(({ repositoryId }) => repositoryId);
    // Of what is gone there is nothing left to save.
    return { revision, changed, saved: new Set([...saved, ...gone]) };
  });
}

/** Repositories whose components include any of these packages. */
export async function repositoriesUsing(
  knex: Knex,
  packages: readonly PackageKey[] | 'all',
): Promise<string[]> {
  const uses = knex('repository_components as u')
    .distinct('u.repository_id')
    .orderBy('u.repository_id');
  if (packages === 'all') {
    const rows = await uses;
    return rows.map(row => row.repository_id);
  }
  const found = new Set<string>();
  for (let start = 0; start < packages.length; start += 5_000) {
    const { sql, bindings } = dialectOf(knex).rows(
      { ecosystem: 'text', name: 'text' },
      packages
        .slice(start, start + 5_000)
        .map(({ ecosystem, name }) => [storable(ecosystem), storable(name)]),
    );
    const rows = await uses
      .clone()
      .join('components as c', 'c.id', 'u.component_id')
      .join('packages as p', 'p.id', 'c.package_id')
      .whereRaw(`("p"."ecosystem", "p"."name") in (${sql})`, bindings);
    for (const row of rows) found.add(row.repository_id);
  }
  return [...found].sort();
}

/** By what a scan that comes between is noticed, and the commit that was scanned last. */
async function readScans(knex: Knex, repositoryIds: readonly string[]) {
  const { sql, bindings } = dialectOf(knex).oneOf(
    'repository_id',
    repositoryIds,
  );
  const rows: Pick<
    ScanRow,
    'repository_id' | 'scanner_id' | 'scanned_at' | 'commit'
  >[] = await knex('scans')
    .whereRaw(sql, bindings)
    .orderBy(['repository_id', 'scanner_id'])
    .select('repository_id', 'scanner_id', 'scanned_at', 'commit');
  const scansOf = new Map(repositoryIds.map(id => [id, [] as typeof rows]));
  for (const row of rows) scansOf.get(row.repository_id)!.push(row);
  return new Map(
    [...scansOf].map(([id, scans]) => {
      const stamp = JSON.stringify(
        scans.map(row => [row.scanner_id, row.scanned_at, row.commit]),
      );
      const newest = scans
        .filter(({ commit }) => commit !== null)
        .sort((one, other) =>
          (one.scanned_at ?? '') < (other.scanned_at ?? '') ? 1 : -1,
        );
      return [id, { stamp, commit: newest[0]?.commit ?? null }];
    }),
  );
}
