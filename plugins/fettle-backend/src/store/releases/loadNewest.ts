import type { NewestVersion } from 'backstage-plugin-fettle-common';
import { newestRelease } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';

/**
 * The newest version of each package that is known: what its registry tells,
 * else the newest that is used in repositories which the reader may see. Where
 * neither is known the package is left out.
 *
 * @param packages their ecosystems, by their ids
 */
export async function loadNewest(
  knex: Knex,
  packages: ReadonlyMap<number, string>,
  visibility: Visibility,
): Promise<Map<number, NewestVersion>> {
  const newest = new Map<number, NewestVersion>();
  if (packages.size === 0) return newest;
  const told: {
    package_id: number;
    newest: string | null;
    published_at: string | null;
    checked_at: string | null;
    problem: string | null;
  }[] = await knex('package_releases')
    .whereRaw(...idIn(knex, 'package_id', packages.keys()))
    .select('package_id', 'newest', 'published_at', 'checked_at', 'problem');
  const answers = new Map(told.map(row => [row.package_id, row]));
  for (const row of told) {
    if (row.newest === null) continue;
    newest.set(row.package_id, {
      ...{ version: row.newest, from: 'registry' },
      publishedAt: row.published_at,
      checkedAt: row.checked_at,
      problem: row.problem && JSON.parse(row.problem),
    });
  }
  const untold = [...packages.keys()].filter(id => !newest.has(id));
  for (const [id, versions] of await used(knex, untold, visibility)) {
    const found = newestRelease(packages.get(id)!, versions);
    if (!found) continue;
    const answer = answers.get(id);
    newest.set(id, {
      ...{ version: found.version, from: 'fleet', publishedAt: null },
      checkedAt: answer?.checked_at ?? null,
      problem: answer?.problem ? JSON.parse(answer.problem) : null,
    });
  }
  return newest;
}

/** The versions of packages that visible repositories use. */
async function used(
  knex: Knex,
  packageIds: readonly number[],
  visibility: Visibility,
): Promise<Map<number, { version: string }[]>> {
  const versions = new Map<number, { version: string }[]>();
  if (packageIds.length === 0) return versions;
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const rows: { package_id: number; version: string }[] = await knex(
    'components as c',
  )
    .whereRaw(...idIn(knex, 'c.package_id', packageIds))
    .whereNot('c.version', '')
    .whereRaw(
      `exists (select 1 from repository_components as u where u.component_id = c.id and ${visible.sql})`,
      visible.bindings,
    )
    .select('c.package_id', 'c.version');
  for (const { package_id: id, version } of rows) {
    const of = versions.get(id) ?? [];
    of.push({ version });
    versions.set(id, of);
  }
  return versions;
}

/** Whether a column is in a list of ids of any length. */
export function idIn(
  knex: Knex,
  column: string,
  ids: Iterable<number>,
): [sql: string, bindings: string[]] {
  const { sql, bindings } = dialectOf(knex).rows(
    { id: 'integer' },
    [...ids].map(id => [id]),
  );
  return [`${column} in (${sql})`, bindings as string[]];
}
