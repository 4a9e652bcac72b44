import type { Knex } from 'knex';
import {
  mergeFindings,
  type Merged,
  type Observation,
} from '../../findings/mergeFindings';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import type { DueDays } from './findingRows';
import { loadCircumstances, loadFindings } from './loadFindings';
import type { FindingChanges } from './SecurityStore';
import { writeFindings } from './writeFindings';

/** One writer of a repository's findings at a time; false where it is gone. */
export async function lockRepository(
  trx: Knex.Transaction,
  repositoryId: string,
): Promise<boolean> {
  const { lockRows } = dialectOf(trx);
  const row = await lockRows(
    trx('repositories').where({ id: repositoryId }),
  ).first('id');
  return row !== undefined;
}

/**
 * Brings observations of one repository into force, after the caller wrote
 * what else belongs to them.
 *
 * @returns the revision, or null where readers see no difference, and what
 * became of the findings
 */
export async function observe(
  trx: Knex.Transaction,
  repositoryId: string,
  observations: readonly Observation[],
  options: { dueDays: DueDays; now: Date; otherNews: boolean },
): Promise<{ revision: number | null; changes: FindingChanges }> {
  const { now, dueDays, otherNews } = options;
  const circumstances = await loadCircumstances(trx, repositoryId, now);
  const findings = new Map(
    (await loadFindings(trx, repositoryId)).map(one => [one.id, one]),
  );
  const merged: Merged = { changed: [], events: [] };
  for (const observation of observations) {
    const { changed, events } = mergeFindings(
      ...([repositoryId, [...findings.values()]] as const),
      observation,
      circumstances,
    );
    for (const finding of changed) findings.set(finding.id, finding);
    merged.changed.push(...changed);
    merged.events.push(...events);
  }
  const changes = countChanges(
    merged,
    [...findings.values()].filter(({ sightings }) =>
      observations.some(({ observer }) => sightings.has(observer)),
    ),
  );
  if (merged.changed.length === 0 && !otherNews) {
    return { revision: null, changes };
  }
  const of = [{ repositoryId, merged }];
  return { revision: await conclude(trx, of, { now, dueDays }), changes };
}

function countChanges(
  { events }: Merged,
  seen: readonly { id: string }[],
): FindingChanges {
  const withEvent = (...names: string[]) =>
    new Set(
      events
        .filter(({ event }) => names.includes(event))
        .map(({ findingId }) => findingId),
    );
  const opened = withEvent('opened', 'reopened');
  return {
    opened: opened.size,
    known: seen.filter(({ id }) => !opened.has(id)).length,
    fixed: withEvent('fixed').size,
  };
}

/**
 * Writes what changed, each finding once and as it is at the end. Every lock
 * of a repository is taken before: the revision keeps other writers waiting.
 */
export async function conclude(
  trx: Knex.Transaction,
  of: readonly { repositoryId: string; merged: Merged }[],
  { now, dueDays }: { dueDays: DueDays; now: Date },
): Promise<number> {
  const revision = await drawRevision(trx);
  for (const { repositoryId, merged } of of) {
    const last = new Map(merged.changed.map(finding => [finding.id, finding]));
    await writeFindings(
      ...([trx, repositoryId] as const),
      { changed: [...last.values()], events: merged.events },
      { revision, dueDays, now },
    );
  }
  return revision;
}
