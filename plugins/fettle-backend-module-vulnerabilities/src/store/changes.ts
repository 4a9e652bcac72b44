import type { PackageKey } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { putRows, queryRows } from './givenRows';

/** More than this is told of as `all`: looking at each would take longer. */
const MAX_PACKAGES = 50_000;

/**
 * Takes the number of the next change, and so many keys. Others wait here
 * until the transaction ends: numbers become visible in their order.
 */
export async function takeNumbers(
  trx: Knex,
  keys: number,
): Promise<{ seq: number; firstKey: number }> {
  await trx('osv_state')
    .where({ id: 1 })
    .update({
      seq: trx.raw('seq + 1'),
      next_key: trx.raw('next_key + ?', [keys]),
    });
  const [row] = await trx('osv_state').where({ id: 1 });
  return { seq: Number(row.seq), firstKey: Number(row.next_key) - keys };
}

/** Notes that something about packages changed. */
export async function noteChanges(
  trx: Knex,
  seq: number,
  packages: Iterable<PackageKey>,
): Promise<void> {
  const distinct = new Map<string, [string, string, number]>();
  for (const { ecosystem, name } of packages) {
    distinct.set(`${ecosystem}\n${name}`, [ecosystem, name, seq]);
  }
  await putRows(
    trx,
    'osv_changes',
    { ecosystem: 'text', name: 'text', seq: 'bigint' },
    ['ecosystem', 'name'],
    [...distinct.values()],
  );
}

/** What changed after a cursor; `all` where that cannot be told. */
export async function readChanges(
  knex: Knex,
  cursor: string | null,
): Promise<{ packages: PackageKey[] | 'all'; cursor: string }> {
  const [state] = await knex('osv_state').where({ id: 1 });
  const seq = Number(state.seq);
  const now = `${state.epoch}:${seq}`;
  const [epoch, since] = cursor?.split(':') ?? [];
  // A number that is yet to come was given before a backup was brought back.
  if (epoch !== state.epoch || !(Number(since) <= seq)) {
    return { packages: 'all', cursor: now };
  }
  const packages = await queryRows<PackageKey>(
    knex,
    `select ecosystem, name from osv_changes where seq > ? and seq <= ?
     order by seq, ecosystem, name limit ${MAX_PACKAGES + 1}`,
    [Number(since), seq],
  );
  return {
    packages: packages.length > MAX_PACKAGES ? 'all' : packages,
    cursor: now,
  };
}
