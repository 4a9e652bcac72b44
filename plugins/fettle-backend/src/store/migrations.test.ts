import type { Knex } from 'knex';
import { MIGRATIONS } from './applyMigrations';
import { DatabaseFettleStore } from './DatabaseFettleStore';
import { testDatabases } from './testDatabases';
import { createStore } from './testReadings';

jest.setTimeout(180_000);

const TABLES = [
  'entity_claims',
  'facts',
  'history_changes',
  'history_days',
  'repositories',
  'revisions',
  'rollups',
  'snapshots',
  'store_locks',
  'verdict_evidence',
  'verdicts',
];

async function tablesOf(knex: Knex): Promise<string[]> {
  const present = await Promise.all(
    TABLES.map(async name =>
      (await knex.schema.hasTable(name)) ? [name] : [],
    ),
  );
  return present.flat();
}

describe('migrations', () => {
  const databases = testDatabases();

  it.each(databases.eachSupportedId())(
    'go up, down one by one, and up again, %p',
    async id => {
      const knex = await databases.init(id);
      await knex.migrate.latest(MIGRATIONS);
      expect(await tablesOf(knex)).toEqual(TABLES);

      const [applied] = await knex.migrate.list(MIGRATIONS);
      for (const _ of applied) await knex.migrate.down(MIGRATIONS);
      expect(await tablesOf(knex)).toEqual([]);

      for (const _ of applied) await knex.migrate.up(MIGRATIONS);
      expect(await tablesOf(knex)).toEqual(TABLES);
      expect(await (await createStore(knex)).getRevision()).toBe(0);
    },
  );

  it.each(databases.eachSupportedId())(
    'are left alone where the portal says so, %p',
    async id => {
      const knex = await databases.init(id);
      await DatabaseFettleStore.create({
        database: {
          getClient: async () => knex,
          migrations: { skip: true },
        },
      });
      expect(await tablesOf(knex)).toEqual([]);
    },
  );
});
