import { readFileSync } from 'node:fs';
import createKnex from 'knex';
import { feedsOf } from '../../plugins/fettle-backend-module-vulnerabilities/src/import/feedsOf';
import { FeedImporter } from '../../plugins/fettle-backend-module-vulnerabilities/src/import/FeedImporter';
import { LIMITS } from '../../plugins/fettle-backend-module-vulnerabilities/src/import/limits';
import { OsvMatcher } from '../../plugins/fettle-backend-module-vulnerabilities/src/OsvMatcher';
import { applyMigrations } from '../../plugins/fettle-backend-module-vulnerabilities/src/store/applyMigrations';
import { now } from '../measure/clock';
import { BenchAdvisories, SHARES } from './BenchAdvisories';

// Imports a folder of dumps into an empty database, or matches against it, in
// a process of its own: its memory is that of nothing else.

/** The most that was resident since this program began; what getrusage tells counts the parent's in. */
function peakKiB(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)![1]);
}

async function main() {
  const [job, folder, database, advisories, components] = process.argv.slice(2);
  const postgres = database.startsWith('postgres');
  const knex = createKnex(
    postgres
      ? { client: 'pg', connection: database }
      : {
          client: 'better-sqlite3',
          connection: { filename: database },
          useNullAsDefault: true,
        },
  );
  // As the plugin does.
  if (!postgres) await knex.raw('pragma journal_mode = wal');
  await applyMigrations(knex);
  const { signal } = new AbortController();
  const begun = now();
  let begunMatching = begun;
  let hits = 0;
  if (job === 'import') {
    const feeds = feedsOf(
      {
        feeds: SHARES.map(({ ecosystem }) => ({
          ...{ id: `osv/${ecosystem}`, ecosystem },
          from: { kind: 'file', path: `${folder}/${ecosystem}` },
        })),
        refreshSeconds: { url: 60, file: 60 },
      },
      LIMITS,
    );
    const importer = new FeedImporter({
      ...{ knex, feeds, limits: LIMITS, logger: console as any },
      now: () => new Date(),
      onCommit: () => {},
    });
    await importer.prepare();
    await importer.refresh('file', signal);
    const statuses = await new OsvMatcher(knex, feeds).feeds();
    for (const { id, state, broken } of statuses) {
      if (state !== 'ok' || broken)
        throw new Error(`${id} is ${state}, ${broken} broken`);
    }
  } else {
    const asked = new BenchAdvisories(Number(advisories)).components(
      Number(components),
    );
    begunMatching = now();
    const answers = await new OsvMatcher(knex, []).match(asked, { signal });
    hits = answers.reduce((sum, matches) => sum + matches.length, 0);
  }
  const seconds = (now() - begunMatching) / 1_000;
  const peakMiB = peakKiB() / 1024;
  process.send?.({ seconds, peakMiB, hits });
  await knex.destroy();
  process.disconnect?.();
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
