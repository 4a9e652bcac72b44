import type { Knex } from 'knex';
import { dialectOf, type Value } from '../Dialect';
import { storable, storableJson } from '../storable';
import type { NewDelivery } from './DeliveryStore';

const COLUMNS = {
  source_id: 'text',
  delivery_id: 'text',
  event: 'text',
  authority: 'text',
  headers: 'text',
  body: 'text',
  bytes: 'integer',
  sent_at: 'text',
  received_at: 'text',
  state: 'text',
  attempts: 'integer',
  due_at: 'text',
} as const;

/** Keeps deliveries in one statement; those whose id is known stay as they were. */
export async function insertDeliveries(
  knex: Knex,
  deliveries: readonly NewDelivery[],
): Promise<(string | undefined)[]> {
  const names = Object.keys(COLUMNS)
    .map(name => `"${name}"`)
    .join(', ');
  const { sql, bindings } = dialectOf(knex).rows(
    { place: 'integer', ...COLUMNS },
    deliveries.map((delivery, place) => [place, ...valuesOf(delivery)]),
  );
  // `order by`: rows get their places in the order in which they came.
  const rows: {
    seq: string | number;
    source_id: string;
    delivery_id: string;
  }[] = await run(
    knex,
    `insert into "deliveries" (${names})
     select ${names} from (${sql}) as incoming where true order by "place"
     on conflict ("source_id", "delivery_id") do nothing
     returning "seq", "source_id", "delivery_id"`,
    bindings,
  );
  const kept = new Map(
    rows.map(row => [`${row.source_id}\0${row.delivery_id}`, `${row.seq}`]),
  );
  return deliveries.map(({ sourceId, id }) => {
    const key = `${sourceId}\0${storable(id)}`;
    const seq = kept.get(key);
    // The second of two with one id in the same batch.
    kept.delete(key);
    return seq;
  });
}

function valuesOf(delivery: NewDelivery): Value[] {
  return [
    delivery.sourceId,
    delivery.id,
    delivery.event,
    delivery.authority,
    storableJson(delivery.headers),
    delivery.body,
    delivery.bytes,
    delivery.sentAt ?? null,
    delivery.receivedAt,
    'received',
    0,
    delivery.dueAt.toISOString(),
  ];
}

async function run<T>(
  knex: Knex,
  sql: string,
  bindings: Value[],
): Promise<T[]> {
  const result = await knex.raw(sql, bindings);
  return Array.isArray(result) ? result : result.rows;
}
