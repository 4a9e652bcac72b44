import type { Knex } from 'knex';

/** How much of what is limited is used, by playbook and host. */
export interface SharedUse {
  playbookId: string;
  host: string;
  open: number;
  lastHour: number;
}

export async function readSharedUse(
  knex: Knex,
  now: Date,
): Promise<SharedUse[]> {
  const hour = new Date(now.getTime() - 60 * 60 * 1000).toISOString();
  const rows = await knex('remediations')
    .whereNotNull('applied_at')
    .where(counts =>
      counts
        .where('applied_at', '>', hour)
        .orWhereIn('state', ['applying', 'open']),
    )
    .groupBy('playbook_id', 'host')
    .select('playbook_id', 'host')
    .select(
      knex.raw(
        `sum(case when state in ('applying', 'open') then 1 else 0 end) as "open"`,
      ),
      knex.raw('sum(case when applied_at > ? then 1 else 0 end) as "hour"', [
        hour,
      ]),
    );
  return rows.map((row: any) => ({
    ...{ playbookId: row.playbook_id, host: row.host },
    ...{ open: Number(row.open), lastHour: Number(row.hour) },
  }));
}
