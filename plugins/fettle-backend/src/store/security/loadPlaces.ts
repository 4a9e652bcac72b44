import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import type { Sighting } from '../../findings/Sighting';
import { dialectOf } from '../Dialect';
import type { DiscoveredRepository } from '../FettleStore';
import { LOCATIONS, type LocationRow } from '../tables';
import { toLocation } from '../toLocation';

/** Something in a file of a repository, and who saw it there. */
export interface SeenPlace {
  repositoryId: string;
  observers: readonly string[];
  seen: Pick<Sighting, 'path' | 'line' | 'origin'>;
}

/** The page of a place on its host; null where it has none. */
export type PageOf = (place: SeenPlace) => string | null;

/**
 * Where places are on their hosts: at the commit in which their observer saw
 * them. Matchers look at components: theirs is the commit in which the file
 * was scanned for those.
 */
export async function loadPlaces(
  knex: Knex,
  places: readonly SeenPlace[],
  fileUrl: FileUrl,
): Promise<PageOf> {
  const inFiles = places.filter(({ seen }) => seen.path !== '');
  const ids = new Set(inFiles.map(({ repositoryId }) => repositoryId));
  if (ids.size === 0) return () => null;
  const repositories = await loadLocations(knex, ids);
  const commits = await loadCommits(knex, inFiles);
  return ({ repositoryId, observers, seen }) => {
    const repository = repositories.get(repositoryId);
    if (!repository || seen.path === '') return null;
    const { commit, line } = seen.origin ?? {
      commit: [...observers, seen.path]
        .map(by => commits.get(keyOf({ repository_id: repositoryId, by })))
        .find(one => one !== undefined),
      line: seen.line,
    };
    return fileUrl(repository, { commit, line, path: seen.path }) ?? null;
  };
}

async function loadLocations(
  knex: Knex,
  ids: Iterable<string>,
): Promise<Map<string, DiscoveredRepository>> {
  const wanted = dialectOf(knex).oneOf('id', ids);
  const rows: LocationRow[] = await knex('repositories')
    .whereRaw(wanted.sql, wanted.bindings)
    .select(Object.keys(LOCATIONS.columns));
  return new Map(rows.map(row => [row.id, toLocation(row)]));
}

/** By repository and scanner; for places of others, by repository and file of components. */
async function loadCommits(
  knex: Knex,
  places: readonly SeenPlace[],
): Promise<Map<string, string>> {
  const scanned = await loadScanned(knex, places);
  const commits = new Map(scanned.map(row => [keyOf(row), row.commit]));
  const others = places.filter(({ repositoryId: id, observers, seen }) =>
    seen.origin
      ? false
      : !observers.some(by => commits.has(keyOf({ repository_id: id, by }))),
  );
  if (others.length === 0) return commits;
  const { oneOf } = dialectOf(knex);
  const using = oneOf('u.repository_id', idsOf(others));
  const paths = oneOf('u.path', new Set(others.map(({ seen }) => seen.path)));
  const files: Scanned[] = await knex('repository_components as u')
    .join('scans as s', join =>
      join
        .on('s.repository_id', 'u.repository_id')
        .andOn('s.scanner_id', 'u.scanner_id'),
    )
    .whereRaw(using.sql, using.bindings)
    .whereRaw(paths.sql, paths.bindings)
    .whereNotNull('s.commit')
    .distinct('u.repository_id', 's.commit', { by: 'u.path' });
  for (const row of files) {
    if (!commits.has(keyOf(row))) commits.set(keyOf(row), row.commit);
  }
  return commits;
}

interface Scanned {
  repository_id: string;
  by: string;
  commit: string;
}

async function loadScanned(
  knex: Knex,
  places: readonly SeenPlace[],
): Promise<Scanned[]> {
  const mine = dialectOf(knex).oneOf('repository_id', idsOf(places));
  return knex('scans')
    .whereRaw(mine.sql, mine.bindings)
    .whereNotNull('commit')
    .select('repository_id', 'commit', { by: 'scanner_id' });
}

function idsOf(places: readonly SeenPlace[]): Set<string> {
  return new Set(places.map(({ repositoryId }) => repositoryId));
}

function keyOf(of: Pick<Scanned, 'repository_id' | 'by'>): string {
  return `${of.repository_id}\0${of.by}`;
}
