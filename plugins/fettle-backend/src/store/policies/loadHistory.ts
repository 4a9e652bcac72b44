import type { Knex } from 'knex';
import type {
  PastChange,
  PastFinding,
  SubjectHistory,
} from '../../policies/replay/SubjectHistory';
import { dialectOf } from '../Dialect';
import type { FindingRow } from '../security/rows';
import type { ChangeRow } from '../tables';
import type { Needs } from './PolicyStore';
import { groupBy, toSubjectFinding } from './toSubjectFinding';

interface EventRow {
  finding_id: string;
  at: string;
  event: PastFinding['events'][number]['event'];
}

/** How repositories were since a time, as far as it was kept. */
export async function loadHistory(
  knex: Knex,
  ids: readonly string[],
  needs: Needs,
  from: Date,
): Promise<Map<string, SubjectHistory>> {
  const since = from.toISOString();
  const of = (column: string) => {
    const { sql, bindings } = dialectOf(knex).oneOf(column, ids);
    return knex.raw(sql, bindings);
  };
  const readOn = await firstDays(knex, 'history_days', of('repository_id'));
  const scannedOn = await firstDays(knex, 'finding_days', of('repository_id'));
  const changes: ChangeRow[] = await knex('history_changes')
    .where(of('repository_id'))
    .where('at', '>=', since)
    .orderBy('revision', 'desc')
    .select('*');
  const standing = () =>
    knex('findings')
      .where(of('repository_id'))
      .where(then =>
        then.whereNull('fixed_at').orWhere('fixed_at', '>=', since),
      );
  const findings: FindingRow[] = needs.findings
    ? await standing()
        .orderBy([{ column: 'priority', order: 'desc' }, { column: 'id' }])
        .select('*')
    : [];
  const events: EventRow[] = needs.findings
    ? await knex('finding_events')
        .whereIn('finding_id', standing().select('id'))
        .orderBy('id')
        .select('finding_id', 'at', 'event')
    : [];
  const eventsOf = new Map<string, EventRow[]>();
  for (const event of events) {
    const known = eventsOf.get(event.finding_id);
    if (known) known.push(event);
    else eventsOf.set(event.finding_id, [event]);
  }
  const [changesOf, findingsOf] = [groupBy(changes), groupBy(findings)];
  return new Map(
    ids.map(id => [
      id,
      {
        firstReadOn: readOn.get(id) ?? null,
        firstScannedOn: scannedOn.get(id) ?? null,
        changes: (changesOf.get(id) ?? []).map(toChange),
        findings: (findingsOf.get(id) ?? []).map(row => ({
          finding: toSubjectFinding(row),
          events: (eventsOf.get(row.id) ?? []).map(({ at, event }) => ({
            ...{ at, event },
          })),
        })),
      },
    ]),
  );
}

async function firstDays(
  knex: Knex,
  table: string,
  condition: Knex.Raw,
): Promise<Map<string, string>> {
  const rows: { repository_id: string; day: string }[] = await knex(table)
    .where(condition)
    .groupBy('repository_id')
    .select('repository_id')
    .min({ day: 'day' });
  return new Map(rows.map(row => [row.repository_id, row.day]));
}

function toChange(row: ChangeRow): PastChange {
  return {
    at: row.at,
    subpath: row.subpath,
    fromScore: row.from_score,
    fromState: row.from_state as PastChange['fromState'],
    verdicts: JSON.parse(row.verdicts),
  };
}
