import type {
  FleetSecurity,
  SeverityCounts,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { loadOwners } from '../pipelines/loadOwners';
import { daysBefore } from '../query/days';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { readData } from './findingRows';
import { medianDays, NO_FINDINGS } from './overview';

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
): Promise<Omit<FleetSecurity, 'feeds'>> {
  const { days, now } = options;
  const wanted =
    options.owner === undefined ? undefined : storable(options.owner);
  const { value: revision } = await readRevisions(knex);
  const owned = await loadOwners(knex, visibility, wanted);
  const all: Rollup[] = await knex('security_rollups').select('*');
  const rollups = all.filter(row => owned.has(row.repository_id));
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
    daysToFix: await daysToFix(knex, owned, now),
    trend: await trend(knex, owned, { days, now }),
    owners: byOwner(rollups, owned, { overdue, scanned }),
    rules: await topRules(knex, owned),
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

async function daysToFix(knex: Knex, owned: Owned, now: Date) {
  const rows = await knex('findings')
    .where({ state: 'fixed' })
    .where('fixed_at', '>=', daysBefore(now, 90))
    .select('repository_id', 'first_seen_at', 'fixed_at');
  return medianDays(rows.filter(row => owned.has(row.repository_id)));
}

/** A repository counts on each day as it did on the last day on which it changed. */
async function trend(
  knex: Knex,
  owned: Owned,
  { days, now }: { days: number; now: Date },
): Promise<FleetSecurity['trend']> {
  const first = daysBefore(now, days - 1).slice(0, 10);
  const rows: (SeverityCounts & {
    repository_id: string;
    day: string;
    opened: number;
    fixed: number;
  })[] = await knex('finding_days').orderBy('day').select('*');
  const mine = rows.filter(row => owned.has(row.repository_id));
  const last = new Map<string, SeverityCounts>();
  const points: FleetSecurity['trend'] = [];
  let at = 0;
  for (let day = days - 1; day >= 0; day--) {
    const name = daysBefore(now, day).slice(0, 10);
    let opened = 0;
    let fixed = 0;
    for (; at < mine.length && mine[at].day <= name; at++) {
      const row = mine[at];
      last.set(row.repository_id, row);
      if (row.day === name && name >= first) {
        opened += row.opened;
        fixed += row.fixed;
      }
    }
    if (last.size === 0) continue;
    points.push({ day: name, open: total([...last.values()]), opened, fixed });
  }
  return points;
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
    groups.set(owner, [...(groups.get(owner) ?? []), id]);
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
  owned: Owned,
): Promise<FleetSecurity['rules']> {
  const rows: {
    kind: FleetSecurity['rules'][number]['kind'];
    rule: string;
    repository_id: string;
    example: string;
  }[] = await knex('findings')
    .where({ state: 'open' })
    .groupBy('kind', 'rule', 'repository_id')
    .select('kind', 'rule', 'repository_id')
    .min({ example: 'id' });
  const groups = new Map<string, { example: string; repositories: number }>();
  for (const row of rows) {
    if (!owned.has(row.repository_id)) continue;
    const key = `${row.kind}\0${row.rule}`;
    const group = groups.get(key) ?? { example: row.example, repositories: 0 };
    group.repositories += 1;
    groups.set(key, group);
  }
  const top = [...groups.values()]
    .sort((a, b) => b.repositories - a.repositories)
    .slice(0, MOST);
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
    return [{ kind, rule, title, severity, repositories, fixedIn }];
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
