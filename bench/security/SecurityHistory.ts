import type { Knex } from 'knex';
import { repositoryId } from '../../plugins/fettle-backend/src/discover/repositoryId';
import { fromReport } from '../../plugins/fettle-backend/src/findings/fromReport';
import { dialectOf } from '../../plugins/fettle-backend/src/store/Dialect';
import {
  RUNS,
  type RunRow,
} from '../../plugins/fettle-backend/src/store/runs/rows';
import type { DatabaseSecurityStore } from '../../plugins/fettle-backend/src/store/security/DatabaseSecurityStore';
import { observeAll } from '../../plugins/fettle-backend/src/store/security/observe';
import {
  FINDING_DAYS,
  REPOSITORY_COMPONENTS,
  SCANS,
} from '../../plugins/fettle-backend/src/store/security/rows';
import {
  resolveComponents,
  toRow,
} from '../../plugins/fettle-backend/src/store/security/writeComponents';
import { CHANGES } from '../../plugins/fettle-backend/src/store/tables';
import { upsertRows } from '../../plugins/fettle-backend/src/store/writeRows';
import { chance } from '../fleet/BenchFleet';
import { componentsOf, findingsOf } from './SecurityContents';

const SCANNER = 'bench';
const COMMIT = 'c0ffee';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Repositories of one transaction. */
const BATCH = 250;
/** One day in so many changed something. */
const CHANGES_EVERY = 10;
const RUNS_EACH = 10;
const FRAMEWORKS = [...['scorecard', 'slsa', 'cis-supply-chain', 'bench']];

/** Gives every repository scans, and days on which it stood otherwise. */
export class SecurityHistory {
  constructor(
    private readonly knex: Knex,
    private readonly remotes: readonly string[],
    private readonly dueDays: Readonly<Record<string, number>>,
  ) {}

  async fill(days: number, until: Date): Promise<void> {
    const first = new Date(until.getTime() - (days - 1) * DAY_MS);
    await this.knex.transaction(trx =>
      writeInventory(trx, this.remotes, until),
    );
    await this.#find(5, first);
    await this.#find(3, until);
    const names = Array.from({ length: days }, (_, i) =>
      new Date(first.getTime() + i * DAY_MS).toISOString().slice(0, 10),
    );
    for (let start = 0; start < this.remotes.length; start += BATCH) {
      const remotes = this.remotes.slice(start, start + BATCH);
      await this.knex.transaction(async trx => {
        await changeFindings(trx, remotes, names);
        await changeScores(trx, remotes, names);
        await upsertRows(
          trx,
          RUNS,
          remotes.flatMap(one => runsOf(one, until)),
        );
      });
    }
    await this.#numbers(names);
  }

  async #find(count: number, now: Date): Promise<void> {
    for (let start = 0; start < this.remotes.length; start += BATCH) {
      await this.knex.transaction(trx =>
        observeAll(
          trx,
          this.remotes.slice(start, start + BATCH).map(remote => ({
            repositoryId: repositoryId(remote),
            observations: [
              {
                ...{ observer: SCANNER, unread: () => false, commit: COMMIT },
                sightings: findingsOf(remote, count).map(fromReport),
              },
            ],
            otherNews: false,
          })),
          { dueDays: this.dueDays, now },
        ),
      );
    }
  }

  /** Of every day for every repository, and for every owner. */
  async #numbers(names: readonly string[]): Promise<void> {
    const { sql, bindings } = dialectOf(this.knex).rows(
      { day: 'text' },
      names.map(day => [day]),
    );
    await this.knex.raw(
      `insert into history_days (repository_id, subpath, day, at, score, min, max)
       select r.id, '', d.day, d.day || 'T12:00:00.000Z', 70, 65, 75
       from repositories as r cross join (${sql}) as d where true
       on conflict do nothing`,
      bindings,
    );
    const frameworks = dialectOf(this.knex).rows(
      { framework: 'text' },
      FRAMEWORKS.map(id => [id]),
    );
    await this.knex.raw(
      `insert into compliance_days (framework_id, owner, day, met, not_met, unknown, not_applicable, not_seen)
       select f.framework, o.owner, d.day, 300, 200, 100, 50, 50
       from (${frameworks.sql}) as f
       cross join (select distinct owner from entity_claims union all select '*') as o
       cross join (${sql}) as d where true`,
      [...frameworks.bindings, ...bindings],
    );
  }
}

/** What one repository is made of, and so many problems of it. */
export function saveBenchScan(
  store: DatabaseSecurityStore,
  remote: string,
  count: number,
  at: Date,
) {
  return store.saveScan(
    {
      ...{ repositoryId: repositoryId(remote), scannerId: SCANNER },
      ...{ digest: SCANNER, commit: COMMIT },
      report: {
        components: componentsOf(remote),
        findings: findingsOf(remote, count),
      },
    },
    at,
  );
}

/** Everything that repositories are made of, and that it was scanned. */
async function writeInventory(
  trx: Knex,
  remotes: readonly string[],
  now: Date,
): Promise<void> {
  const reports = remotes.map(
    remote => [repositoryId(remote), componentsOf(remote)] as const,
  );
  const distinct = new Map(
    reports.flatMap(([, of]) => of.map(one => [one.purl, one] as const)),
  );
  const resolve = await resolveComponents(trx, [...distinct.values()]);
  await upsertRows(
    trx,
    REPOSITORY_COMPONENTS,
    reports.flatMap(([id, of]) =>
      of.map(one => toRow(id, SCANNER, one, resolve(one))),
    ),
  );
  const at = now.toISOString();
  await upsertRows(
    trx,
    SCANS,
    reports.map(([id]) => ({
      ...{ repository_id: id, scanner_id: SCANNER, digest: SCANNER },
      ...{ commit: COMMIT, state: 'ok', reason: null, problems: '[]' },
      ...{ scanned_at: at, attempted_at: at, attempt: null, failures: 0 },
    })),
  );
}

/** The days on which a repository changed, apart from the first and the last. */
function changedDays(remote: string, names: readonly string[]): string[] {
  return names
    .slice(1, -1)
    .filter(day => chance(remote, day) % CHANGES_EVERY === 0);
}

async function changeFindings(
  trx: Knex,
  remotes: readonly string[],
  names: readonly string[],
): Promise<void> {
  const rows = remotes.flatMap(remote =>
    changedDays(remote, names).map(day => ({
      ...{ repository_id: repositoryId(remote), day, critical: 1, high: 1 },
      ...{ medium: chance(remote, day, 'open') % 5, low: 1, unknown: 0 },
      ...{ opened: 1, fixed: 1 },
    })),
  );
  await upsertRows(trx, FINDING_DAYS, rows);
}

async function changeScores(
  trx: Knex,
  remotes: readonly string[],
  names: readonly string[],
): Promise<void> {
  const rows = remotes.flatMap(remote =>
    changedDays(remote, names).map((day, i) => ({
      // Below those that the store gave out.
      ...{
        revision: i - 1000,
        repository_id: repositoryId(remote),
        subpath: '',
      },
      ...{ at: `${day}T10:00:00.000Z`, commit: COMMIT },
      ...{ from_score: 70, to_score: 72, from_state: 'ok', to_state: 'ok' },
      verdicts: JSON.stringify([
        { checkId: `check-${i % 10}-0`, from: 'fail', to: 'pass' },
      ]),
    })),
  );
  await upsertRows(trx, CHANGES, rows);
}

/** So many finished runs of the last 30 days, one in five of which failed. */
function runsOf(remote: string, until: Date): RunRow[] {
  return Array.from({ length: RUNS_EACH }, (_, i) => {
    const draw = chance(remote, 'run', i);
    const end = until.getTime() - (draw % (30 * DAY_MS));
    const [finished, queued] = [new Date(end), new Date(end - 300_000)].map(
      time => time.toISOString(),
    );
    return {
      ...{ id: `${repositoryId(remote)}:${i}`, attempt: 1, run_id: String(i) },
      ...{ repository_id: repositoryId(remote), source_id: 'bench' },
      ...{ pipeline_id: `ci-${i % 2}.yml`, pipeline_name: `CI ${i % 2}` },
      ...{ number: String(i), title: 'Change it', host_state: null },
      ...{ state: draw % 5 === 0 ? 'failed' : 'succeeded', at: finished },
      ...{ branch: 'main', default_branch: 1, commit: `c${draw}` },
      ...{ before_commit: null, commit_subject: 'Change it', actor: 'ada' },
      ...{ committed_at: queued, event: 'push', queued_at: queued },
      ...{ started_at: queued, finished_at: finished, queue_ms: draw % 60_000 },
      ...{ duration_ms: draw % 900_000, web_url: null, jobs: '[]' },
      ...{ job_count: 0, subpaths: null, requested: null, seen_at: finished },
      ...{ changed_at: finished, sort_at: queued, doubt_at: null },
      revision: 1,
    };
  });
}
