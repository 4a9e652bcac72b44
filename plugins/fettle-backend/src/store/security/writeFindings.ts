import type { Knex } from 'knex';
import type { Merged } from '../../findings/mergeFindings';
import { dialectOf } from '../Dialect';
import { storable, storableJson } from '../storable';
import { deleteRows, upsertRows } from '../writeRows';
import { toRow, type DueDays } from './findingRows';
import {
  FINDING_DAYS,
  FINDING_NAMES,
  FINDINGS,
  SECURITY_ROLLUPS,
  SIGHTINGS,
} from './rows';

const KINDS = [
  'vulnerability',
  'secret',
  'licence',
  'misconfiguration',
  'threat',
] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

/** What became of the findings of one repository. */
interface Written extends Merged {
  repositoryId: string;
}

/** Writes what became of the findings of repositories, and what they come to. */
export async function writeFindings(
  trx: Knex,
  of: readonly Written[],
  options: { revision: number; dueDays: DueDays; now: Date },
): Promise<void> {
  const changed = of.flatMap(one => one.changed);
  await upsertRows(
    trx,
    FINDINGS,
    changed.map(finding => toRow(finding, options)),
  );
  const ids = changed.map(({ id }) => [id]);
  await deleteRows(trx, 'finding_names', ['finding_id'], ids);
  await upsertRows(
    trx,
    FINDING_NAMES,
    changed.flatMap(({ id, seen }) =>
      [...new Set([seen.rule, ...seen.aliases])].map(name => ({
        finding_id: id,
        name: storable(name),
      })),
    ),
  );
  await deleteRows(trx, 'finding_sightings', ['finding_id'], ids);
  await upsertRows(
    trx,
    SIGHTINGS,
    changed.flatMap(({ id, sightings }) =>
      [...sightings].map(([observer, sighting]) => ({
        ...{ finding_id: id, observer, report: storableJson(sighting) },
      })),
    ),
  );
  const events = of.flatMap(({ repositoryId, events: happened }) =>
    happened.map(event => ({
      finding_id: event.findingId,
      repository_id: repositoryId,
      at: event.at,
      event: event.event,
      actor: event.actor,
      reason: event.reason,
      commit: event.commit,
    })),
  );
  if (events.length > 0) await trx.batchInsert('finding_events', events, 100);
  await writeRollups(trx, of, options);
}

interface CountRow {
  repository_id: string;
  kind: string;
  severity: string;
  state: string;
  number: number | string;
  priority: number;
}

/** Counts anew: cheap by its index, and never off by one. */
async function writeRollups(
  trx: Knex,
  of: readonly Written[],
  { revision, now }: { revision: number; now: Date },
): Promise<void> {
  const { sql, bindings } = dialectOf(trx).oneOf(
    'repository_id',
    of.map(({ repositoryId }) => repositoryId),
  );
  const rows: CountRow[] = await trx('findings')
    .whereRaw(sql, bindings)
    .whereNot({ state: 'fixed' })
    .groupBy('repository_id', 'kind', 'severity', 'state')
    .select('repository_id', 'kind', 'severity', 'state')
    .count({ number: '*' })
    .max({ priority: 'priority' });
  const day = now.toISOString().slice(0, 10);
  const counted = of.map(({ repositoryId, events }) => {
    const mine = rows.filter(row => row.repository_id === repositoryId);
    const open = mine.filter(({ state }) => state === 'open');
    const happened = (names: readonly string[]) =>
      events.filter(({ event }) => names.includes(event)).length;
    const severities = countsBy(SEVERITIES, open, 'severity');
    return {
      rollup: {
        repository_id: repositoryId,
        ...severities,
        ...countsBy(KINDS, open, 'kind'),
        accepted: sum(mine.filter(({ state }) => state === 'accepted')),
        priority: Math.max(0, ...open.map(({ priority }) => Number(priority))),
        revision,
      },
      day: {
        ...{ repository_id: repositoryId, day, ...severities },
        opened: happened(['opened', 'reopened']),
        fixed: happened(['fixed']),
      },
    };
  });
  await upsertRows(
    trx,
    SECURITY_ROLLUPS,
    counted.map(({ rollup }) => rollup),
  );
  await upsertRows(
    trx,
    FINDING_DAYS,
    counted.map(one => one.day),
    {
      opened: 'finding_days.opened + excluded.opened',
      fixed: 'finding_days.fixed + excluded.fixed',
    },
  );
}

function countsBy<Name extends string>(
  names: readonly Name[],
  rows: readonly CountRow[],
  column: 'kind' | 'severity',
) {
  return Object.fromEntries(
    names.map(name => [name, sum(rows.filter(row => row[column] === name))]),
  ) as Record<Name, number>;
}

function sum(rows: readonly CountRow[]): number {
  return rows.reduce((total, { number }) => total + Number(number), 0);
}
