import type { SeverityCounts } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import { daysBefore } from '../query/days';
import { readRevisions } from '../revisions';
import { inFolder, present } from './listFindings';
import type { FindingRow } from './rows';
import type { SecurityOverview } from './SecurityStore';

const FIX_FIRST = 5;
const FIXED_DAYS = 90;
/** With fewer, a median says nothing. */
const LEAST_FIXED = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

export const NO_FINDINGS: Readonly<SeverityCounts> = {
  ...{ critical: 0, high: 0, medium: 0, low: 0, unknown: 0 },
};

/** How the findings and components of one repository, or one folder of it, stand. */
export async function overview(
  knex: Knex,
  repositoryId: string,
  subpath: string,
  { now, fileUrl }: { now: Date; fileUrl: FileUrl },
): Promise<SecurityOverview> {
  const { value: revision } = await readRevisions(knex);
  const at = now.toISOString();
  const mine = () => {
    const rows = knex('findings as f').where('f.repository_id', repositoryId);
    inFolder(rows, 'f.path', subpath);
    return rows;
  };
  const groups: {
    kind: SecurityOverview['fixFirst'][number]['kind'];
    severity: keyof SeverityCounts;
    number: number | string;
  }[] = await mine()
    .where('f.state', 'open')
    .groupBy('f.kind', 'f.severity')
    .select('f.kind', 'f.severity')
    .count({ number: '*' });
  const open = { ...NO_FINDINGS };
  const byKind: SecurityOverview['byKind'] = {
    ...{ vulnerability: 0, secret: 0, licence: 0 },
    ...{ misconfiguration: 0, threat: 0 },
  };
  for (const { kind, severity, number } of groups) {
    open[severity] += Number(number);
    byKind[kind] += Number(number);
  }
  const [accepted] = await mine()
    .join('exceptions as e', 'e.id', 'f.exception_id')
    .where('f.state', 'accepted')
    .count({ number: '*' })
    .min({ next: 'e.expires_at' });
  const [overdue] = await mine()
    .where('f.state', 'open')
    .where('f.due_at', '<', at)
    .count({ number: '*' });
  const fixed: { opened_at: string; fixed_at: string }[] = await mine()
    .where('f.state', 'fixed')
    .where('f.fixed_at', '>=', daysBefore(now, FIXED_DAYS))
    .select(openedAt(knex), 'f.fixed_at');
  const first: FindingRow[] = await mine()
    .where('f.state', 'open')
    .orderBy([
      { column: 'f.priority', order: 'desc' },
      { column: 'f.id', order: 'desc' },
    ])
    .limit(FIX_FIRST)
    .select('f.*');
  const used = knex('repository_components as u').where(
    'u.repository_id',
    repositoryId,
  );
  inFolder(used, 'u.path', subpath);
  const [components] = await used.countDistinct({ number: 'u.component_id' });
  return {
    open,
    byKind,
    accepted: Number(accepted.number),
    nextExceptionEndsAt: accepted.next ?? null,
    overdue: Number(overdue.number),
    daysToFix: medianDays(fixed),
    fixFirst: await present(knex, first, fileUrl),
    components: Number(components.number),
    revision,
  };
}

/** `opened_at` of findings `f`: when each was opened last. A row has it too, among all else that was seen, which is large. */
export function openedAt(knex: Knex): Knex.Raw {
  return knex.raw(
    `coalesce(
       (select max(e.at) from finding_events as e
         where e.finding_id = f.id and e.event = 'reopened'),
       f.first_seen_at) as opened_at`,
  );
}

/** Median days from opened, or opened again, to fixed; null where there are too few to say. */
export function medianDays(
  fixed: readonly { opened_at: string; fixed_at: string }[],
): number | null {
  if (fixed.length < LEAST_FIXED) return null;
  const days = fixed
    .map(row => (Date.parse(row.fixed_at) - Date.parse(row.opened_at)) / DAY_MS)
    .sort((a, b) => a - b);
  const middle = days.length / 2;
  const median = (days[Math.ceil(middle) - 1] + days[Math.floor(middle)]) / 2;
  return Math.round(median * 10) / 10;
}
