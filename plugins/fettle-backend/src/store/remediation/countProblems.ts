import type { Knex } from 'knex';
import type { ProblemCount } from '../../remediate/successRate';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';

/** Which problems count: those of playbooks that may act, with their time-outs. */
export interface Counted {
  playbookId: string;
  timeoutSeconds: number;
}

/** Problems of these playbooks by how they ended, in repositories that the reader may see. */
export async function countProblems(
  knex: Knex,
  playbooks: readonly Counted[],
  visibility: Visibility,
  now: Date,
): Promise<ProblemCount[]> {
  if (playbooks.length === 0) return [];
  const visible = inVisibleRepositories(knex, 'p.repository_id', visibility);
  const overdue = playbooks.map(() => 'p.playbook_id = ? and p.seen_at <= ?');
  const since = playbooks.flatMap(({ playbookId, timeoutSeconds }) => [
    playbookId,
    new Date(now.getTime() - timeoutSeconds * 1000).toISOString(),
  ]);
  // What went without us counts from its own end.
  const open = secondsBetween(knex, 'p.seen_at', 'p.outcome_at');
  const late = playbooks.map(() => `p.playbook_id = ? and ${open} >= ?`);
  const longest = playbooks.flatMap(one => [
    one.playbookId,
    one.timeoutSeconds,
  ]);
  const rows = await knex
    .from(
      knex('playbook_problems as p')
        .leftJoin('remediations as m', join =>
          join.on('m.id', 'p.remediation_id').andOnNull('m.ended_at'),
        )
        .whereIn(
          'p.playbook_id',
          playbooks.map(({ playbookId }) => playbookId),
        )
        .whereRaw(visible.sql, visible.bindings)
        .select('p.playbook_id', 'p.host', 'p.outcome', 'm.state')
        .select('p.person_acted', 'p.false_heal')
        .select(
          knex.raw(
            `case when p.outcome is null and (${anyOf(overdue)}) then 1
              when p.outcome = 'recovered' and (${anyOf(late)}) then 1
              else 0 end as overdue`,
            [...since, ...longest],
          ),
        )
        .as('counted'),
    )
    .groupBy('playbook_id', 'host', 'outcome', 'state')
    .groupBy('person_acted', 'false_heal', 'overdue')
    .select('playbook_id', 'host', 'outcome', 'state')
    .select('person_acted', 'false_heal', 'overdue')
    .count({ problems: '*' });
  return rows.map((row: any) => ({
    ...{ playbookId: row.playbook_id, host: row.host, outcome: row.outcome },
    state: row.state,
    personActed: row.person_acted === 1,
    falseHeal: row.false_heal === 1,
    overdue: Number(row.overdue) === 1,
    problems: Number(row.problems),
  }));
}

function anyOf(conditions: readonly string[]): string {
  return conditions.map(one => `(${one})`).join(' or ');
}

function secondsBetween(knex: Knex, from: string, to: string): string {
  return knex.client.config.client === 'pg'
    ? `extract(epoch from ${to}::timestamptz - ${from}::timestamptz)`
    : `(julianday(${to}) - julianday(${from})) * 86400`;
}

/** Of all problems that any trigger saw, those that an enabled playbook is for, by host. */
export async function readCoverage(
  knex: Knex,
  visibility: Visibility,
): Promise<{ host: string; problems: number; covered: number }[]> {
  const visible = inVisibleRepositories(knex, 'r.id', visibility);
  const rows = await knex('playbook_states as s')
    .join('repositories as r', 'r.id', 's.repository_id')
    .whereRaw(visible.sql, visible.bindings)
    .groupBy('r.host')
    .select('r.host')
    .sum({ problems: 's.problems', covered: 's.covered' });
  return rows.map((row: any) => ({
    ...{ host: row.host, problems: Number(row.problems) },
    covered: Number(row.covered),
  }));
}
