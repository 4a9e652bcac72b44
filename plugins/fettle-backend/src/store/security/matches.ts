import type { PackageKey } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Sighting } from '../../findings/Sighting';
import { dialectOf } from '../Dialect';
import { storable } from '../storable';
import type { DueDays } from './findingRows';
import { lockRepository, observe } from './observe';
import type { SecurityWrite, UsedComponent } from './SecurityStore';

/** The components of a repository, and by what to tell that they are still those. */
export async function usedComponents(
  knex: Knex,
  repositoryId: string,
): Promise<{ components: UsedComponent[]; stamp: string }> {
  // First: a scan that comes between is noticed when matches are saved.
  const stamp = await readStamp(knex, repositoryId);
  const rows = await knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .join('packages as p', 'p.id', 'c.package_id')
    .where('u.repository_id', repositoryId)
    .orderBy(['u.path', 'p.name', 'c.version'])
    .select(
      ...['p.ecosystem', 'p.name', 'c.version', 'c.licence'],
      ...['u.path', 'u.line', 'u.direct', 'u.scope', 'u.chain'],
    );
  return {
    stamp,
    components: rows.map(row => ({
      ecosystem: row.ecosystem,
      name: row.name,
      version: row.version === '' ? null : row.version,
      licence: row.licence,
      path: row.path,
      line: row.line,
      direct: row.direct === null ? null : row.direct === 1,
      scope: row.scope,
      chain: row.chain ? JSON.parse(row.chain) : [],
    })),
  };
}

/** Undefined where a scan came between: its own matching follows it. */
export async function saveMatches(
  knex: Knex,
  given: {
    repositoryId: string;
    matcherId: string;
    stamp: string;
    sightings: readonly Sighting[];
  },
  options: { dueDays: DueDays; now: Date },
): Promise<SecurityWrite | undefined> {
  const { repositoryId, matcherId, stamp, sightings } = given;
  return knex.transaction(async trx => {
    if (!(await lockRepository(trx, repositoryId))) return { revision: null };
    if ((await readStamp(trx, repositoryId)) !== stamp) return undefined;
    const { revision } = await observe(
      trx,
      repositoryId,
      [
        {
          observer: matcherId,
          sightings,
          unread: () => false,
          commit: await scannedCommit(trx, repositoryId),
        },
      ],
      { ...options, otherNews: false },
    );
    return { revision };
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
  return [...found];
}

async function readStamp(knex: Knex, repositoryId: string): Promise<string> {
  const rows = await knex('scans')
    .where({ repository_id: repositoryId })
    .orderBy('scanner_id')
    .select('scanner_id', 'scanned_at', 'commit');
  return JSON.stringify(
    rows.map(row => [row.scanner_id, row.scanned_at, row.commit]),
  );
}

async function scannedCommit(
  knex: Knex,
  repositoryId: string,
): Promise<string | null> {
  const row = await knex('scans')
    .where({ repository_id: repositoryId })
    .whereNotNull('commit')
    .orderBy('scanned_at', 'desc')
    .first('commit');
  return row?.commit ?? null;
}
