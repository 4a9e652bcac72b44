import knexFactory from 'knex';
import { postgresConnection } from './postgresConnection';

describe('postgresConnection', () => {
  const expected = {
    ...{ host: 'db.internal', port: 6543, user: 'fettle' },
    ...{ database: 'portal', password: 'p@ss' },
  };

  it('reads what knex keeps of an address', async () => {
    const knex = knexFactory({
      client: 'pg',
      connection: 'postgresql://fettle:p%40ss@db.internal:6543/portal',
    });
    expect(
      await postgresConnection(knex.client.config.connection),
    ).toMatchObject(expected);
    await knex.destroy();
  });

  it('reads what knex keeps of an object, whose password it hides', async () => {
    const ssl = { ca: 'certificate', rejectUnauthorized: true };
    const knex = knexFactory({
      client: 'pg',
      connection: { ...expected, ssl },
    });
    expect(
      await postgresConnection(knex.client.config.connection, 'owner'),
    ).toEqual({
      ...expected,
      ssl,
      connection: { application_name: 'fettle_work', role: 'owner' },
    });
    await knex.destroy();
  });

  it('asks for a short-lived password at every connection', async () => {
    let asked = 0;
    const options = await postgresConnection(async () => ({
      ...{ host: 'db.internal', user: 'fettle', database: 'portal' },
      password: `token ${++asked}`,
    }));
    const password = options.password as () => Promise<string>;
    expect(await password()).toBe('token 2');
    expect(await password()).toBe('token 3');
  });

  it.each([
    ['?sslmode=disable', false],
    ['?sslmode=verify-full', 'verify-full'],
    ['?sslmode=require', 'verify-full'],
    ['?sslmode=no-verify', 'require'],
    ['', undefined],
  ])('takes TLS from an address that ends in "%s"', async (query, ssl) => {
    const connectionString = `postgresql://fettle@db.internal/portal${query}`;
    expect((await postgresConnection({ connectionString })).ssl).toBe(ssl);
  });

  it('refuses what it cannot use, without showing it', async () => {
    const secret = 'hunter2';
    for (const connection of [
      { connectionString: `postgresql://u:${secret}@[broken` },
      { host: 'db', port: 'many', password: secret },
      { host: 'db', password: secret, stream: () => {} },
    ]) {
      const error = await postgresConnection(connection).catch(e => e);
      expect(error.name).toBe('InputError');
      expect(
        JSON.stringify([error.message, error.cause, error.stack]),
      ).not.toContain(secret);
    }
  });
});
