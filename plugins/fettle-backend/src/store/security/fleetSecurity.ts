import type {
  FleetSecurity,
  SeverityCounts,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Sql } from '../Dialect';
import type { Visibility } from '../FettleStore';
import { loadOwners, scopeOf } from '../pipelines/loadOwners';
import { daysBefore } from '../query/days';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { readData } from './findingRows';
import { fleetTrend, type DayChange } from './fleetTrend';
import { medianDays, NO_FINDINGS, openedAt } from './overview';

const MOST = 20;
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'unknown'] as const;
const KINDS = [
  ...(['vulnerability', 'secret', 'licence'] as const),
  ...(['misconfiguration', 'threat'] as const),
];

export type Rollup = SeverityCounts &
  Record<(typeof KINDS)[number], number> & {
    repository_id: string;
    priority: number;
  };

/** How the repositories that the reader may see stand, or those of one owner. */
export async function fleetSecurity(
  knex: Knex,
  options: { owner?: string; days: number; now: Date },
  visibility: Visibility,
  /** Loads the days before today, or has them from before. */
  sharePast: (load: () => Promise<DayChange[]>) => Promise<DayChange[]>,
): Promise<Omit<FleetSecurity, 'feeds'>> {
  const { days, now } = options;
  const wanted =
    options.owner === undefined ? undefined : storable(options.owner);
  const { value: revision } = await readRevisions(knex);
  const owned = await loadOwners(knex, visibility, wanted);
  const all: Rollup[] = await knex('security_rollups').select('*');
  const rollups = all.filter(row => owned.has(row.repository_id));
  const within = scopeOf(knex, visibility, wanted, owned);
  const overdue = await countOverdue(knex, now);
  const open = total(rollups);
  const scanned = await findScanned(knex, owned);
  return {
    repositories: owned.size,
    scanned: scanned.size,
    open,
    byKind: Object.fromEntries(
      KINDS.map(kind => [kind, sum(rollups.map(row => row[kind]))]),
    ) as FleetSecurity['byKind'],
    overdue: sum([...owned.keys()].map(id => overdue.get(id) ?? 0)),
    daysToFix: await daysToFix(knex, within, now),
    trend: await fleetTrend(knex, within, { days, now, open, sharePast }),
    owners: byOwner(rollups, owned, { overdue, scanned }),
    rules: await topRules(knex, within),
    worst: rollups
      .filter(row => row.priority > 0)
      .sort((a, b) => b.priority - a.priority || b.critical - a.critical)
      .slice(0, MOST)
      .map(row => {
        const { name, entityRef, owner } = owned.get(row.repository_id)!;
        return {
          ...{ repositoryId: row.repository_id, repository: name },
          ...{ entityRef, owner, open: total([row]) },
          priority: Number(row.priority),
        };
      }),
    revision,
  };
}

type Owned = Awaited<ReturnType<typeof loadOwners>>;

/** Repositories with a scan in force of every scanner that scanned any. Reports of other tools and histories are not there for all. */
export async function findScanned(
  knex: Knex,
  owned: Owned,
): Promise<Set<string>> {
  const rows: { repository_id: string; number: number | string }[] = await knex(
    'scans',
  )
    .whereIn('state', ['ok', 'partial'])
    .whereNot('scanner_id', 'like', '% %')
    .groupBy('repository_id')
    .select('repository_id')
    .count({ number: '*' });
  const most = Math.max(0, ...rows.map(({ number }) => Number(number)));
  return new Set(
    rows
      .filter(({ number }) => Number(number) === most)
      .map(row => row.repository_id)
      .filter(id => owned.has(id)),
  );
}

export async function countOverdue(knex: Knex, now: Date) {
  const rows: { repository_id: string; number: number | string }[] = await knex(
    'findings',
  )
    .where({ state: 'open' })
    .where('due_at', '<', now.toISOString())
    .groupBy('repository_id')
    .select('repository_id')
    .count({ number: '*' });
  return new Map(
    rows.map(row => [row.repository_id, Number(row.number)] as const),
  );
}

async function daysToFix(knex: Knex, within: Sql, now: Date) {
  const rows = await knex('findings as f')
    .where('f.state', 'fixed')
    .where('f.fixed_at', '>=', daysBefore(now, 90))
    .whereRaw(within.sql, within.bindings)
    .select(openedAt(knex), 'f.fixed_at');
  return medianDays(rows);
}

function byOwner(
  rollups: readonly Rollup[],
  owned: Owned,
  of: {
    overdue: ReadonlyMap<string, number>;
    scanned: ReadonlySet<string>;
  },
): FleetSecurity['owners'] {
  const groups = new Map<string | null, string[]>();
  for (const [id, { owner }] of owned) {
    const ids = groups.get(owner);
    if (ids) ids.push(id);
    else groups.set(owner, [id]);
  }
  const rows = new Map(rollups.map(row => [row.repository_id, row]));
  return [...groups]
    .map(([owner, ids]) => ({
      owner,
      repositories: ids.length,
      open: total(ids.flatMap(id => rows.get(id) ?? [])),
      overdue: sum(ids.map(id => of.overdue.get(id) ?? 0)),
      scanned: ids.filter(id => of.scanned.has(id)).length,
    }))
    .sort(
      (a, b) =>
        b.open.critical - a.open.critical ||
        b.open.high - a.open.high ||
        sum(Object.values(b.open)) - sum(Object.values(a.open)),
    )
    .slice(0, MOST);
}

async function topRules(
  knex: Knex,
  within: Sql,
): Promise<FleetSecurity['rules']> {
  const top = await knex('findings')
    .where({ state: 'open' })
    .whereRaw(within.sql, within.bindings)
    .groupBy('kind', 'rule')
    .countDistinct({ repositories: 'repository_id' })
    .min({ example: 'id' })
    .orderBy([
      { column: 'repositories', order: 'desc' },
      { column: 'kind' },
      { column: 'rule' },
    ])
    .limit(MOST);
  const examples = await knex('findings')
    .whereIn(
      'id',
      top.map(({ example }) => example),
    )
    .select('*');
  return top.flatMap(({ example, repositories }) => {
    const row = examples.find(({ id }) => id === example);
    if (!row) return [];
    const { seen } = readData(row);
    const { kind, rule, title, severity, fixedIn } = seen;
    return [
      {
        ...{ kind, rule, title, severity, fixedIn },
        repositories: Number(repositories),
      },
    ];
  });
}

export function total(rows: readonly SeverityCounts[]): SeverityCounts {
  const counts = { ...NO_FINDINGS };
  for (const row of rows) {
    for (const name of SEVERITIES) counts[name] += row[name];
  }
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
