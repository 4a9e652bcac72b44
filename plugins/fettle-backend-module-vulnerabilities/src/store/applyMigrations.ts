import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

/** Apart from those of the plugin, whose database it is. */
export const MIGRATIONS = {
  directory: resolvePackagePath(
    'backstage-plugin-fettle-backend-module-vulnerabilities',
    'migrations',
  ),
  tableName: 'osv_migrations',
};

/** Brings the tables of this module to the newest schema. */
export async function applyMigrations(knex: Knex): Promise<void> {
  await knex.migrate.latest(MIGRATIONS);
}
