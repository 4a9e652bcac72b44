import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** The migrations as knex takes them; the folder is part of the published package. */
export const MIGRATIONS = {
  directory: resolvePackagePath(
    'backstage-plugin-fettle-backend',
    'migrations',
  ),
};

/** Brings the database to the newest schema. */
export async function applyMigrations(knex: Knex): Promise<void> {
  await knex.migrate.latest(MIGRATIONS);
}
