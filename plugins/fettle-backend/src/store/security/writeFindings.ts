import type { Knex } from 'knex';
import type { Merged } from '../../findings/mergeFindings';
import { storable, storableJson } from '../storable';
import { deleteRows, upsertRows } from '../writeRows';
import { toRow, type DueDays } from './findingRows';
import { FINDINGS, FINDING_NAMES, SIGHTINGS } from './rows';

const KINDS = [
  'vulnerability',
  'secret',
  'licence',
  'misconfiguration',
  'threat',
] as const;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

/** Writes what became of the findings of one repository, and what they come to. */
export async function writeFindings(
  trx: Knex,
  repositoryId: string,
  { changed, events }: Merged,
  options: { revision: number; dueDays: DueDays; now: Date },
): Promise<void> {
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
  if (events.length > 0) {
    await trx.batchInsert(
      'finding_events',
      events.map(event => ({
        finding_id: event.findingId,
        repository_id: repositoryId,
        at: event.at,
        event: event.event,
        actor: event.actor,
        reason: event.reason,
        commit: event.commit,
      })),
      100,
    );
  }
  await writeRollup(trx, repositoryId, events, options);
}

/** Counts anew: cheap by its index, and never off by one. */
async function writeRollup(
  trx: Knex,
  repositoryId: string,
  events: Merged['events'],
  { revision, now }: { revision: number; now: Date },
): Promise<void> {
  const rows: {
    kind: string;
    severity: string;
    state: string;
    number: number | string;
    priority: number;
  }[] = await trx('findings')
    .where({ repository_id: repositoryId })
    .whereNot({ state: 'fixed' })
    .groupBy('kind', 'severity', 'state')
    .select('kind', 'severity', 'state')
    .count({ number: '*' })
    .max({ priority: 'priority' });
  const open = rows.filter(({ state }) => state === 'open');
  const sum = (of: typeof rows) =>
    of.reduce((total, { number }) => total + Number(number), 0);
  const severities = Object.fromEntries(
    SEVERITIES.map(name => [name, sum(open.filter(r => r.severity === name))]),
  );
  const kinds = Object.fromEntries(
    KINDS.map(name => [name, sum(open.filter(r => r.kind === name))]),
  );
  await trx('security_rollups')
    .insert({
      repository_id: repositoryId,
      ...severities,
      ...kinds,
      accepted: sum(rows.filter(({ state }) => state === 'accepted')),
      priority: Math.max(0, ...open.map(({ priority }) => Number(priority))),
      revision,
    })
    .onConflict('repository_id')
    .merge();
  const day = now.toISOString().slice(0, 10);
  const happened = (names: readonly string[]) =>
    events.filter(({ event }) => names.includes(event)).length;
  const opened = happened(['opened', 'reopened']);
  const fixed = happened(['fixed']);
  await trx('finding_days')
    .insert({ repository_id: repositoryId, day, ...severities, opened, fixed })
    .onConflict(['repository_id', 'day'])
    .merge({
      ...severities,
      opened: trx.raw('?? + ?', ['finding_days.opened', opened]),
      fixed: trx.raw('?? + ?', ['finding_days.fixed', fixed]),
    });
}
