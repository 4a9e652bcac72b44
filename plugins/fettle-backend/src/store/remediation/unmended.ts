import type { Reason } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { PlanProblem, StoredPlan } from './StoredPlan';

/** A problem that a plan does not mend, and why. */
export interface UnmendedProblem {
  problem: PlanProblem;
  reason: string;
}

type Said = Pick<StoredPlan, 'problems' | 'unmended'>;

/** The problems of a plan that are there after all of it is done. */
export function unmendedOf({ problems, unmended }: Said): UnmendedProblem[] {
  const reasons = new Map(unmended.map(({ key, reason }) => [key, reason]));
  return problems.flatMap(problem => {
    const reason = reasons.get(problem.key);
    return reason === undefined ? [] : [{ problem, reason }];
  });
}

/** The others: whether they are gone proves what was done. */
export function mendedBy({ problems, unmended }: Said): PlanProblem[] {
  const left = new Set(unmended.map(({ key }) => key));
  return problems.filter(({ key }) => !left.has(key));
}

export async function loadUnmended(
  trx: Knex.Transaction,
  planId: string,
): Promise<UnmendedProblem[]> {
  const row = await trx('plans')
    .where({ id: planId })
    .first('problems', 'notes');
  if (!row) return [];
  const { unmended }: Said = JSON.parse(row.notes);
  return unmendedOf({ problems: JSON.parse(row.problems), unmended });
}

export function toldOf({ problem, reason }: UnmendedProblem): string {
  return `This does not put it right: ${problem.title}. ${reason}`;
}

/** For who has to put them right; there is at least one. */
export function reasonOf([
  first,
  ...others
]: readonly UnmendedProblem[]): Reason {
  const more = others.length > 0 ? ` So it is with ${others.length} more.` : '';
  return {
    code: 'unmended',
    message: `${toldOf(first)}${more}`,
    action: 'Put it right by hand.',
  };
}
