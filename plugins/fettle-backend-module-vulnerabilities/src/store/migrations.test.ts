import { databases } from '../testing/FeedWorld';
import { MIGRATIONS } from './applyMigrations';

jest.setTimeout(180_000);

const TABLES = [
  'state',
  'feeds',
  'records',
  'affected',
  'versions',
  'cves',
].concat(['changes', 'scores', 'exploited']);

describe('migrations', () => {
  const created = databases();

  it.each(created.eachSupportedId())(
    'go up, down, and up again, %p',
    async id => {
      const knex = await created.init(id);
      const present = async () => {
        const found = await Promise.all(
          TABLES.map(name => knex.schema.hasTable(`osv_${name}`)),
        );
        return found.filter(Boolean).length;
      };
      await knex.migrate.latest(MIGRATIONS);
      expect(await present()).toBe(TABLES.length);
      await knex.migrate.down(MIGRATIONS);
      expect(await present()).toBe(0);
      await knex.migrate.up(MIGRATIONS);
      expect(await present()).toBe(TABLES.length);
      expect(await knex.schema.hasTable('osv_migrations')).toBe(true);
      expect(await knex.schema.hasTable('knex_migrations')).toBe(false);
    },
  );
});
