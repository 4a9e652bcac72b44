import type { Knex } from 'knex';

/** The id of the repository with this canonical remote. */
export async function findByRemote(
  knex: Knex,
  remote: string,
): Promise<string | undefined> {
  const row = await knex('repositories').where({ remote }).first('id');
  return row?.id;
}
