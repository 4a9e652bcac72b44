import type { Knex } from 'knex';
import type { Fleet } from 'backstage-plugin-fettle-common';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';

/**
 * For each check, on how many whole repositories it fails, warns or does not
 * know. Checks without any are left out.
 */
export async function countChecks(
  knex: Knex,
  visibility: Visibility,
): Promise<Fleet['checks']> {
  const visible = inVisibleRepositories(knex, 'v.repository_id', visibility);
  // Written out as in the predicate of the index `verdicts_defects`.
  const defects = `v.subpath = '' and v.status in ('fail', 'warn', 'unknown')`;
  const rows: {
    check_id: string;
    status: 'fail' | 'warn' | 'unknown';
    title: string;
    count: number | string;
  }[] = await knex
    .from(
      knex('verdicts as v')
        .whereRaw(defects)
        .whereRaw(visible.sql, visible.bindings)
        .groupBy('v.check_id', 'v.status')
        .select('v.check_id', 'v.status')
        .count('* as count')
        .as('c'),
    )
    .select('c.*')
    .select(
      knex('verdicts as v')
        .whereRaw(defects)
        .whereRaw('v.check_id = c.check_id and v.status = c.status')
        .limit(1)
        .select('v.title')
        .as('title'),
    );
  const checks = new Map<string, Fleet['checks'][number]>();
  for (const { check_id: id, status, title, count } of rows) {
    const check = checks.get(id) ?? { id, title, fail: 0, warn: 0, unknown: 0 };
    check[status] = Number(count);
    checks.set(id, check);
  }
  return [...checks.values()].sort(
    (a, b) => b.fail - a.fail || b.warn - a.warn || (a.id < b.id ? -1 : 1),
  );
}
