import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestPortal } from './TestPortal';

/** Makes the newest reading of a repository as old as a portal has that stood still. */
export function ageReading(
  portal: TestPortal,
  repository: string,
  hours: number,
): void {
  const database = new DatabaseSync(
    join(portal.dataDir, 'db', 'fettle.sqlite'),
  );
  try {
    const at = new Date(Date.now() - hours * 60 * 60 * 1000).toISOString();
    const { changes } = database
      .prepare(
        'update repositories set collected_at = ?, attempted_at = ? where name = ?',
      )
      .run(at, at, repository);
    if (changes !== 1) throw new Error(`There is no repository ${repository}.`);
  } finally {
    database.close();
  }
}
