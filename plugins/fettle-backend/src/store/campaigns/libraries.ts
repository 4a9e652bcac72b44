import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { idIn } from '../releases/loadNewest';
import type { Library } from './StoredCampaign';

/** What a registry told of a package last. */
export interface KnownRelease {
  version: string;
  /** ISO 8601; null where the registry does not say. */
  publishedAt: string | null;
}

/**
 * Of each repository, which others among these publish what it asks for by
 * itself. What only its lockfile draws in does not wait for a release.
 */
export async function readLibraries(
  knex: Knex,
  repositoryIds: readonly string[],
): Promise<Map<string, Library[]>> {
  const dialect = dialectOf(knex);
  const publishers = dialect.oneOf('b.repository_id', repositoryIds);
  const users = dialect.oneOf('u.repository_id', repositoryIds);
  const rows: {
    user: string;
    library: string;
    id: number;
    ecosystem: string;
    name: string;
    newest: string | null;
  }[] = await knex('publications as b')
    .join('packages as k', join =>
      join.on('k.ecosystem', 'b.ecosystem').andOn('k.name', 'b.name'),
    )
    .join('components as o', 'o.package_id', 'k.id')
    .join('repository_components as u', 'u.component_id', 'o.id')
    .leftJoin('package_releases as e', 'e.package_id', 'k.id')
    .where('b.gone', 0)
    .whereRaw(publishers.sql, publishers.bindings)
    .whereRaw(users.sql, users.bindings)
    .whereRaw('u.repository_id != b.repository_id')
    .whereRaw('coalesce(u.direct, 1) = 1')
    .distinct(
      'u.repository_id as user',
      'b.repository_id as library',
      ...(['k.id', 'k.ecosystem', 'k.name', 'e.newest'] as const),
    )
    .orderBy(['u.repository_id', 'b.repository_id', 'k.id']);
  const libraries = new Map<string, Library[]>();
  for (const { user, library, ...one } of rows) {
    const of = libraries.get(user) ?? [];
    libraries.set(user, of);
    const known = of.find(({ repositoryId }) => repositoryId === library);
    if (known) known.packages.push(one);
    else of.push({ repositoryId: library, packages: [one] });
  }
  return libraries;
}

/** What registries told last of these packages, where they did and still do. */
export async function readReleases(
  knex: Knex,
  packageIds: readonly number[],
): Promise<Map<number, KnownRelease>> {
  if (packageIds.length === 0) return new Map();
  const rows = await knex('package_releases')
    .whereRaw(...idIn(knex, 'package_id', packageIds))
    .whereNotNull('newest')
    .whereNull('problem')
    .select('package_id', 'newest', 'published_at');
  return new Map(
    rows.map(row => [
      row.package_id,
      { version: row.newest, publishedAt: row.published_at },
    ]),
  );
}
