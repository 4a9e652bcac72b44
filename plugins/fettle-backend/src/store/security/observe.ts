import type { Knex } from 'knex';
import {
  mergeFindings,
  type Circumstances,
  type Merged,
  type Observation,
} from '../../findings/mergeFindings';
import type { StoredFinding } from '../../findings/StoredFinding';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import type { DueDays } from './findingRows';
import { loadCircumstancesOf, loadFindingsOf } from './loadFindings';
import type { FindingChanges } from './SecurityStore';
import { writeFindings } from './writeFindings';

/** One writer of a repository's findings at a time; false where it is gone. */
export async function lockRepository(
  trx: Knex.Transaction,
  repositoryId: string,
): Promise<boolean> {
  const there = await lockRepositories(trx, [repositoryId]);
  return there.has(repositoryId);
}

/** The same for several, always in one order; gives those that are there. */
export async function lockRepositories(
  trx: Knex.Transaction,
  repositoryIds: readonly string[],
): Promise<Set<string>> {
  const { lockRows, oneOf } = dialectOf(trx);
  const { sql, bindings } = oneOf('id', repositoryIds);
  const rows: { id: string }[] = await lockRows(
    trx('repositories').whereRaw(sql, bindings).orderBy('id'),
  ).select('id');
  return new Set(rows.map(({ id }) => id));
}

/** What was observed of one repository. */
export interface Observed {
  repositoryId: string;
  observations: readonly Observation[];
  /** Readers see a difference whatever becomes of the findings. */
  otherNews: boolean;
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
  const { otherNews } = options;
  const { revision, changes } = await observeAll(
    trx,
    [{ repositoryId, observations, otherNews }],
    options,
  );
  return { revision, changes: changes.get(repositoryId)! };
}

/** The same for several repositories, each of them given once. */
export async function observeAll(
  trx: Knex.Transaction,
  of: readonly Observed[],
  { now, dueDays }: { dueDays: DueDays; now: Date },
): Promise<{
  revision: number | null;
  /** Where readers see a difference. */
  changed: ReadonlySet<string>;
  changes: ReadonlyMap<string, FindingChanges>;
}> {
  const ids = of.map(({ repositoryId }) => repositoryId);
  const circumstances = await loadCircumstancesOf(trx, ids, now);
  const stored = await loadFindingsOf(trx, ids);
  const changes = new Map<string, FindingChanges>();
  const news: { repositoryId: string; merged: Merged }[] = [];
  for (const { repositoryId, observations, otherNews } of of) {
    const { findings, merged } = mergeAll(
      ...([repositoryId, stored.get(repositoryId)!] as const),
      ...([observations, circumstances.get(repositoryId)!] as const),
    );
    const seen = findings.filter(({ sightings }) =>
      observations.some(({ observer }) => sightings.has(observer)),
    );
    changes.set(repositoryId, countChanges(merged, seen));
    if (merged.changed.length > 0 || otherNews) {
      news.push({ repositoryId, merged });
    }
  }
  return {
    revision:
      news.length > 0 ? await conclude(trx, news, { now, dueDays }) : null,
    changed: new Set(news.map(({ repositoryId }) => repositoryId)),
    changes,
  };
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

function mergeAll(
  repositoryId: string,
  stored: readonly StoredFinding[],
  observations: readonly Observation[],
  circumstances: Circumstances,
): { findings: StoredFinding[]; merged: Merged } {
  const findings = new Map(stored.map(one => [one.id, one]));
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
  return { findings: [...findings.values()], merged };
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
  await writeFindings(
    trx,
    of.map(({ repositoryId, merged }) => {
      const last = new Map(merged.changed.map(one => [one.id, one]));
      const changed = [...last.values()];
      return { repositoryId, changed, events: merged.events };
    }),
    { revision, dueDays, now },
  );
  return revision;
}
