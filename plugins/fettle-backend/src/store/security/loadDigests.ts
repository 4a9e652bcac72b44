import type { SeverityCounts } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { loadOwners } from '../pipelines/loadOwners';
import { countOverdue, findScanned, total, type Rollup } from './fleetSecurity';

/** How the repositories of one owner stand, and what is new since a day. */
export interface OwnerDigest {
  owner: string;
  repositories: number;
  scanned: number;
  open: SeverityCounts;
  overdue: number;
  opened: number;
  fixed: number;
  /** Policies that are violated or could not be evaluated, each once for each repository. */
  notKept: number;
  /** With the most urgent open findings, first. */
  worst: string[];
}

const MOST_WORST = 3;

/** One for each owner of a repository, by name. `since`: YYYY-MM-DD. */
export async function loadDigests(
  knex: Knex,
  options: { since: string; now: Date },
): Promise<OwnerDigest[]> {
  const owned = await loadOwners(knex, 'everything', undefined);
  const rollups: Rollup[] = await knex('security_rollups').select('*');
  const byRepository = new Map(rollups.map(row => [row.repository_id, row]));
  const overdue = await countOverdue(knex, options.now);
  const scanned = await findScanned(knex, owned);
  const news = await loadNews(knex, options.since);
  const notKept = await countNotKept(knex);
  const groups = new Map<string, string[]>();
  for (const [id, { owner }] of owned) {
    if (owner === null) continue;
    const ids = groups.get(owner);
    if (ids) ids.push(id);
    else groups.set(owner, [id]);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([owner, ids]) => {
      const rows = ids.flatMap(id => byRepository.get(id) ?? []);
      const sum = (of: (id: string) => number | undefined) =>
        ids.reduce((all, id) => all + (of(id) ?? 0), 0);
      return {
        ...{ owner, repositories: ids.length, open: total(rows) },
        scanned: ids.filter(id => scanned.has(id)).length,
        overdue: sum(id => overdue.get(id)),
        opened: sum(id => news.get(id)?.opened),
        fixed: sum(id => news.get(id)?.fixed),
        notKept: sum(id => notKept.get(id)),
        worst: rows
          .filter(({ priority }) => Number(priority) > 0)
          .sort((a, b) => Number(b.priority) - Number(a.priority))
          .slice(0, MOST_WORST)
          .map(row => owned.get(row.repository_id)!.name),
      };
    });
}

type Sum = number | string;

async function loadNews(knex: Knex, since: string) {
  const rows: { repository_id: string; opened: Sum; fixed: Sum }[] = await knex(
    'finding_days',
  )
    .where('day', '>=', since)
    .groupBy('repository_id')
    .select('repository_id')
    .sum({ opened: 'opened', fixed: 'fixed' });
  return new Map(
    rows.map(({ repository_id: id, opened, fixed }) => [
      id,
      { opened: Number(opened), fixed: Number(fixed) },
    ]),
  );
}

async function countNotKept(knex: Knex) {
  const rows: { repository_id: string; number: Sum }[] = await knex(
    'policy_results',
  )
    .whereIn('status', ['violated', 'error'])
    .groupBy('repository_id')
    .select('repository_id')
    .count({ number: '*' });
  return new Map(rows.map(row => [row.repository_id, Number(row.number)]));
}
