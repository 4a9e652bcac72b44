import { InputError } from '@backstage/errors';
import type {
  FindingDetails,
  FindingPage,
  FindingQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Sighting } from '../../findings/Sighting';
import { dialectOf } from '../Dialect';
import type { FileUrl } from '../../pages/createFileUrl';
import type { Visibility } from '../FettleStore';
import {
  inVisibleRepositories,
  visibleClaim,
  visibleRepository,
} from '../query/visible';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { likePart } from './likePart';
import { readData } from './findingRows';
import { loadPlaces } from './loadPlaces';
import type { ExceptionRow, FindingRow } from './rows';
import { placeOf, toFinding } from './toFinding';

/** One page of findings, highest priority first: of one repository, or of all that the reader may see. */
export async function listFindings(
  knex: Knex,
  query: FindingQuery,
  visibility: Visibility,
  { repositoryId, fileUrl }: { repositoryId?: string; fileUrl: FileUrl },
): Promise<FindingPage> {
  // First: what is committed after it comes next time.
  const { value: revision } = await readRevisions(knex);
  const matching = matchingFindings(knex, query, visibility, repositoryId);
  const [{ total }] = await matching.clone().count({ total: '*' });
  const order = [
    { column: 'f.priority', order: 'desc' },
    { column: 'f.id', order: 'desc' },
  ];
  // An index tells which they are; only their rows are read.
  const page = matching
    .clone()
    .orderBy(order)
    .limit(query.limit + 1)
    .select('f.id');
  if (query.cursor !== undefined) {
    page.whereRaw('("f"."priority", "f"."id") < (?, ?)', [
      ...readCursor(query.cursor),
    ]);
  }
  const rows: FindingRow[] = await knex('findings as f')
    .whereIn('f.id', page)
    .orderBy(order)
    .select('f.*');
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await present(knex, shown, fileUrl),
    repositories: await loadRepositories(knex, shown, visibility),
    nextCursor:
      rows.length > query.limit && last
        ? Buffer.from(
            JSON.stringify([Number(last.priority), last.id]),
          ).toString('base64url')
        : null,
    total: Number(total),
    revision,
  };
}

/** One finding with all that is known of it; undefined where the reader may not see it. */
export async function getFinding(
  knex: Knex,
  id: string,
  visibility: Visibility,
  fileUrl: FileUrl,
): Promise<FindingDetails | undefined> {
  const { value: revision } = await readRevisions(knex);
  const visible = visibleRepository(knex, 'f.repository_id', visibility);
  const row: FindingRow | undefined = await knex('findings as f')
    .where({ 'f.id': id })
    .whereRaw(visible.sql, visible.bindings)
    .first('f.*');
  if (!row) return undefined;
  const [finding] = await present(knex, [row], fileUrl);
  const sightings: { observer: string; report: string }[] = await knex(
    'finding_sightings',
  )
    .where({ finding_id: id })
    .orderBy('observer')
    .select('observer', 'report');
  const events = await knex('finding_events')
    .where({ finding_id: id })
    .orderBy('id', 'desc')
    .limit(100)
    .select('at', 'event', 'actor', 'reason', 'commit');
  const { seen } = readData(row);
  const places = sightings.map(({ observer, report }) => ({
    ...{ repositoryId: row.repository_id, observers: [observer] },
    seen: JSON.parse(report) as Sighting,
  }));
  const pageOf = await loadPlaces(knex, places, fileUrl);
  return {
    finding,
    description: seen.description,
    fix: seen.fix,
    evidence: places.map(place => {
      const { path, line, message } = place.seen;
      const url = pageOf(place);
      return {
        message: `${place.observers[0]}: ${message}`,
        ...(path === '' ? {} : { path }),
        ...(line === null ? {} : { line }),
        ...(url === null ? {} : { url }),
      };
    }),
    references: seen.references,
    history: events,
    revision,
  };
}

/** Where findings are, for people: the repositories, and an entity of each. */
async function loadRepositories(
  knex: Knex,
  rows: readonly FindingRow[],
  visibility: Visibility,
): Promise<FindingPage['repositories']> {
  const ids = new Set(rows.map(row => row.repository_id));
  const wanted = dialectOf(knex).oneOf('id', ids);
  const named: { id: string; name: string }[] = await knex('repositories')
    .whereRaw(wanted.sql, wanted.bindings)
    .select('id', 'name');
  const claimed = dialectOf(knex).oneOf('repository_id', ids);
  const claim = visibleClaim(knex, 'entity_ref', visibility);
  const claims: { repository_id: string; entity_ref: string }[] = await knex(
    'entity_claims',
  )
    .whereRaw(claimed.sql, claimed.bindings)
    .whereRaw(claim.sql, claim.bindings)
    .orderByRaw('length(subpath), entity_ref')
    .select('repository_id', 'entity_ref');
  return Object.fromEntries(
    named.map(({ id, name }) => {
      const nearest = claims.find(one => one.repository_id === id);
      return [id, { name, entityRef: nearest?.entity_ref ?? null }];
    }),
  );
}

function matchingFindings(
  knex: Knex,
  query: FindingQuery,
  visibility: Visibility,
  repositoryId: string | undefined,
): Knex.QueryBuilder {
  const { oneOf } = dialectOf(knex);
  const rows = knex('findings as f');
  if (repositoryId !== undefined) rows.where('f.repository_id', repositoryId);
  const visible = inVisibleRepositories(knex, 'f.repository_id', visibility);
  rows.whereRaw(visible.sql, visible.bindings);
  inFolder(rows, 'f.path', query.subpath);
  for (const [column, values] of [
    ['f.kind', query.kind],
    ['f.severity', query.severity],
    ['f.state', query.state ?? ['open']],
  ] as const) {
    if (!values) continue;
    // With one an index gives them in the order of the list.
    if (values.length === 1) {
      rows.where(column, values[0]);
    } else {
      const wanted = oneOf(column, values);
      rows.whereRaw(wanted.sql, wanted.bindings);
    }
  }
  if (query.rule !== undefined) {
    rows.whereIn(
      'f.id',
      knex('finding_names')
        .where({ name: storable(query.rule) })
        .select('finding_id'),
    );
  }
  if (query.search) {
    rows.whereRaw(`f.search like ? escape '\\'`, [likePart(query.search)]);
  }
  return rows;
}

/** Only what is in a folder, and what is in no file. */
export function inFolder(
  rows: Knex.QueryBuilder,
  column: string,
  subpath: string,
): void {
  if (subpath === '') return;
  const folder = storable(subpath).replace(/[\\%_]/g, '\\$&');
  rows.whereRaw(`(${column} = '' or ${column} like ? escape '\\')`, [
    `${folder}/%`,
  ]);
}

/** Findings with their exceptions, in the order given. */
export async function present(
  knex: Knex,
  rows: readonly FindingRow[],
  fileUrl: FileUrl,
) {
  const wanted = dialectOf(knex).oneOf(
    'id',
    rows.flatMap(({ exception_id: id }) => id ?? []),
  );
  const exceptions: ExceptionRow[] = await knex('exceptions')
    .whereRaw(wanted.sql, wanted.bindings)
    .select('*');
  const byId = new Map(exceptions.map(row => [row.id, row]));
  const pageOf = await loadPlaces(knex, rows.map(placeOf), fileUrl);
  return rows.map(row =>
    toFinding(row, {
      exception: byId.get(row.exception_id ?? ''),
      url: pageOf(placeOf(row)),
    }),
  );
}

function readCursor(cursor: string): [number, string] {
  try {
    const [priority, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString(),
    );
    if (typeof priority === 'number' && typeof id === 'string') {
      return [priority, storable(id)];
    }
  } catch {
    // It is said below, as for any other text that is no cursor.
  }
  throw new InputError('The cursor is not one that this list gave.');
}
