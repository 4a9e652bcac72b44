import type { Knex } from 'knex';
import type { Asking } from '../../remediate/limits/Asking';
import {
  decideAdmission,
  MOST_REPEATS,
  type Admission,
  type Circumstances,
} from '../../remediate/limits/decideAdmission';
import type { Count } from '../../remediate/limits/overLimit';
import type { AutomationConfig } from '../../remediate/AutomationConfig';
import { dialectOf } from '../Dialect';
import { readBreaker, writeBreaker } from './breakers';
import { readStopped } from './automationState';
import type { StoredRemediation } from './StoredRemediation';

/** What is asked for: a remediation, or a plan that would be one. */
export type AdmissionRequest = Asking &
  Pick<
    StoredRemediation,
    'repositoryId' | 'contentHash' | 'beforeHash' | 'problems' | 'campaignId'
  >;

const OPEN = `('applying', 'open')`;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Lets a remediation through, or says what holds it back. The caller's
 * transaction holds the one row that all who ask lock first, so that limits are
 * strict over replicas.
 */
export async function admit(
  trx: Knex.Transaction,
  asking: AdmissionRequest,
  config: AutomationConfig,
  now: Date,
): Promise<Admission> {
  await dialectOf(trx)
    .lockRows(trx('automation_state').where({ id: 1 }))
    .first('id');
  const circumstances = await gather(trx, asking, now);
  const admission = decideAdmission(asking, circumstances, config, now);
  if (admission.kind !== 'let-through') return admission;
  if (!(await takeLock(trx, asking.repositoryId, asking.id, now))) {
    const busy = { ...circumstances, lockedBy: { id: '', title: 'Another' } };
    return decideAdmission(asking, busy, config, now);
  }
  if (admission.breaker !== circumstances.breaker) {
    await writeBreaker(
      ...([trx, asking.playbook.id, asking.host, admission.breaker] as const),
    );
  }
  return admission;
}

/** What would hold it back now; changes nothing. */
export async function wouldHold(
  knex: Knex,
  asking: AdmissionRequest,
  config: AutomationConfig,
  now: Date,
): Promise<Admission> {
  const circumstances = await gather(knex, asking, now);
  return decideAdmission(asking, circumstances, config, now);
}

/** The repository's one lock; false where another remediation has it. */
export async function takeLock(
  knex: Knex,
  repositoryId: string,
  remediationId: string,
  now: Date,
): Promise<boolean> {
  await knex('remediation_locks')
    .insert({
      ...{ repository_id: repositoryId, remediation_id: remediationId },
      at: now.toISOString(),
    })
    .onConflict('repository_id')
    .ignore();
  const lock = await knex('remediation_locks')
    .where({ repository_id: repositoryId })
    .first('remediation_id');
  return lock?.remediation_id === remediationId;
}

async function gather(
  knex: Knex,
  asking: AdmissionRequest,
  now: Date,
): Promise<Circumstances> {
  const { playbook, host, repositoryId } = asking;
  const day = new Date(now.getTime() - 24 * HOUR_MS).toISOString();
  const closed = await knex('closed_contents')
    .where({ playbook_id: playbook.id, repository_id: repositoryId })
    .where({ content_hash: asking.contentHash })
    .first('at', 'actor');
  const lock = await knex('remediation_locks as l')
    .join('remediations as m', 'm.id', 'l.remediation_id')
    .where('l.repository_id', repositoryId)
    .first('m.id', 'm.title');
  return {
    halted: await readHalted(knex, asking.campaignId),
    stopped: await readStopped(knex),
    breaker: await readBreaker(knex, playbook.id, host),
    usage: {
      ...(await countShared(knex, asking, now)),
      day: await countDay(knex, asking, day),
      fleetSize: await fleetSize(knex, asking),
    },
    closed: closed ?? null,
    lockedBy: lock ?? null,
    repeated: await findRepeated(knex, asking, day),
    alternates: await alternates(knex, asking, day),
  };
}

/** A campaign that is paused or cancelled begins nothing. */
async function readHalted(knex: Knex, campaignId: string | null) {
  if (campaignId === null) return null;
  const row: { title: string; state: string } | undefined = await knex(
    'campaigns',
  )
    .where({ id: campaignId })
    .whereIn('state', ['paused', 'cancelled'])
    .first('title', 'state');
  return row ?? null;
}

async function countShared(knex: Knex, asking: Asking, now: Date) {
  const hour = new Date(now.getTime() - HOUR_MS).toISOString();
  const rows: {
    playbook_id: string;
    host: string;
    open: number | string;
    hour: number | string;
    first: string | null;
  }[] = await knex('remediations')
    .whereNotNull('applied_at')
    .where(counts =>
      counts.where('applied_at', '>', hour).orWhereRaw(`state in ${OPEN}`),
    )
    .whereNot({ id: asking.id })
    .groupBy('playbook_id', 'host')
    .select('playbook_id', 'host')
    .select(
      knex.raw(`sum(case when state in ${OPEN} then 1 else 0 end) as "open"`),
      knex.raw('sum(case when applied_at > ? then 1 else 0 end) as "hour"', [
        hour,
      ]),
      knex.raw('min(case when applied_at > ? then applied_at end) as "first"', [
        hour,
      ]),
    );
  const sum = (of: typeof rows): Count => ({
    open: of.reduce((n, row) => n + Number(row.open), 0),
    lastHour: of.reduce((n, row) => n + Number(row.hour), 0),
    firstOfHour: of.flatMap(row => row.first ?? []).sort()[0] ?? null,
  });
  return {
    playbook: sum(rows.filter(row => row.playbook_id === asking.playbook.id)),
    host: sum(rows.filter(row => row.host === asking.host)),
    fleet: sum(rows),
  };
}

async function countDay(knex: Knex, asking: AdmissionRequest, day: string) {
  const { limits } = asking.playbook;
  const limited =
    limits.repositoriesPerDay ??
    limits.shareOfFleetPerDay ??
    limits.filesPerDay ??
    limits.linesPerDay;
  if (limited === null) {
    return { repositories: 0, hasThis: false, files: 0, lines: 0, first: null };
  }
  const [row] = await knex('remediations')
    .where({ playbook_id: asking.playbook.id })
    .where('applied_at', '>', day)
    .whereNot({ id: asking.id })
    .select(
      knex.raw('count(distinct repository_id) as repositories'),
      knex.raw('sum(files_changed) as files'),
      knex.raw('sum(lines_changed) as lines'),
      knex.raw('min(applied_at) as first'),
      knex.raw('max(case when repository_id = ? then 1 else 0 end) as this', [
        asking.repositoryId,
      ]),
    );
  return {
    repositories: Number(row.repositories),
    hasThis: Number(row.this ?? 0) === 1,
    files: Number(row.files ?? 0),
    lines: Number(row.lines ?? 0),
    first: row.first ?? null,
  };
}

async function fleetSize(knex: Knex, { playbook }: Asking): Promise<number> {
  if (playbook.limits.shareOfFleetPerDay === null) return 0;
  const [{ n }] = await knex('repositories').count({ n: '*' });
  return Number(n);
}

/** How often the playbook was applied to the same problem. */
async function findRepeated(knex: Knex, asking: AdmissionRequest, day: string) {
  if (asking.problems.length === 0) return null;
  const { sql, bindings } = dialectOf(knex).oneOf(
    'key',
    asking.problems.map(({ key }) => key),
  );
  const rows: { key: string; times: number | string }[] = await knex(
    'playbook_problems',
  )
    .where({ repository_id: asking.repositoryId })
    .where({ playbook_id: asking.playbook.id })
    .where('applied_at', '>', day)
    .whereRaw(sql, bindings)
    .groupBy('key')
    .havingRaw('count(*) >= ?', [MOST_REPEATS])
    .orderBy('key')
    .select('key')
    .select(knex.raw('count(*) as times'))
    .limit(1);
  const [row] = rows;
  return row ? { key: row.key, times: Number(row.times) } : null;
}

/** Whether the same was written before within a day, and undone, or written again and again. */
async function alternates(knex: Knex, asking: AdmissionRequest, day: string) {
  const { contentHash, beforeHash, repositoryId } = asking;
  const rows: { content_hash: string; before_hash: string }[] = await knex(
    'remediations',
  )
    .where({ repository_id: repositoryId })
    .where('applied_at', '>', day)
    .whereNot({ id: asking.id })
    .whereIn('content_hash', [contentHash, beforeHash])
    .select('content_hash', 'before_hash');
  const same = rows.filter(row => row.content_hash === contentHash).length;
  const back = rows.some(
    row => row.content_hash === beforeHash && row.before_hash === contentHash,
  );
  return (
    asking.filesChanged > 0 && (same >= MOST_REPEATS || (same > 0 && back))
  );
}
