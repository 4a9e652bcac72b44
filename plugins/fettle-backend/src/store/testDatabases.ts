import { TestDatabases } from '@backstage/backend-test-utils';

/**
 * The databases that the store is tested on: SQLite, and PostgreSQL where
 * BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING says where one is.
 */
export function testDatabases(): TestDatabases {
  return TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    disableDocker: true,
  });
}
