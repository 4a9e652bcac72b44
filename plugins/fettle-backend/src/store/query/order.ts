import type { RepositoryQuery } from 'backstage-plugin-fettle-common';
import type { Sql } from '../Dialect';
import { stateSql } from './derivedState';

/** One value that rows are sorted by; it is never null. */
export interface SortColumn extends Sql {
  direction: 'asc' | 'desc';
  type: 'number' | 'string';
}

// What needs someone comes first.
const STATES = ['failing', 'stale', 'pending', 'empty', 'ready'];

const plain = (
  sql: string,
  direction: SortColumn['direction'],
  type: SortColumn['type'] = 'string',
): SortColumn => ({ sql, bindings: [], direction, type });

/** What is unknown comes last, in either direction. */
const nullsLast = (column: string): SortColumn =>
  plain(`case when ${column} is null then 1 else 0 end`, 'asc', 'number');

/** Total: the id comes last, so that no two rows are equal. */
export function sortColumns(
  query: Pick<RepositoryQuery, 'sort' | 'order'>,
  staleBefore: string,
): SortColumn[] {
  const { sort, order } = query;
  const byName = [plain('r.name_key', 'asc'), plain('r.id', 'asc')];
  switch (sort) {
    case 'name':
      return [plain('r.name_key', order), plain('r.id', order)];
    case 'changed':
      return [plain('r.changed_at', order), ...byName];
    case 'owner':
      return [
        nullsLast('o.owner'),
        plain(`coalesce(o.owner, '')`, order),
        ...byName,
      ];
    case 'state': {
      const state = stateSql(staleBefore);
      const ranks = STATES.map((name, i) => `when '${name}' then ${i}`);
      return [
        {
          sql: `case ${state.sql} ${ranks.join(' ')} end`,
          bindings: state.bindings,
          direction: order,
          type: 'number',
        },
        ...byName,
      ];
    }
    default:
      return [
        nullsLast('u.score'),
        plain('coalesce(u.score, 0)', order, 'number'),
        ...byName,
      ];
  }
}

/** The rows behind the one with these values, columns being named `k0`, `k1` and so on. */
export function behind(
  columns: readonly SortColumn[],
  after: readonly (string | number)[],
): Sql {
  let sql = 'false';
  const bindings: (string | number)[] = [];
  for (let i = columns.length - 1; i >= 0; i -= 1) {
    const than = columns[i].direction === 'asc' ? '>' : '<';
    sql = `(k${i} ${than} ? or (k${i} = ? and ${sql}))`;
    bindings.unshift(after[i], after[i]);
  }
  return { sql, bindings };
}
