import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkEngine } from './createWorkEngine';

const logger = mockServices.logger.mock();
const temporary = () =>
  readdirSync(tmpdir()).filter(name => name.startsWith('fettle-work-'));

async function engineOn(config: Knex.Config) {
  const knex = knexFactory({ useNullAsDefault: true, ...config });
  const database = { getClient: async () => knex };
  try {
    return await createWorkEngine({ database, logger });
  } finally {
    await knex.destroy();
  }
}

describe('createWorkEngine', () => {
  it('keeps durable work in a file beside the plugin database', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'fettle-beside-'));
    const engine = await engineOn({
      client: 'better-sqlite3',
      connection: { filename: join(directory, 'fettle.sqlite') },
    });
    expect(existsSync(join(directory, 'fettle-work.sqlite'))).toBe(true);
    await engine.stop();
    rmSync(directory, { recursive: true });
  });

  it('leaves nothing of a database in memory behind', async () => {
    const before = new Set(temporary());
    const engine = await engineOn({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
    });
    const [mine] = temporary().filter(name => !before.has(name));
    expect(mine).toBeDefined();
    await engine.stop();
    await engine.stop();
    expect(temporary()).not.toContain(mine);
  });

  it('refuses a database that it cannot use', async () => {
    await expect(
      engineOn({ client: 'mysql2', connection: { host: '127.0.0.1' } }),
    ).rejects.toThrow(/not on mysql2|Cannot find module/);
  });
});
