import type { Reason, RemediationState } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { BreakerSettings } from '../../remediate/AutomationConfig';
import { tellBreaker, type BreakerNews } from '../../remediate/breaker/breaker';
import type { Admission } from '../../remediate/limits/decideAdmission';
import { dialectOf } from '../Dialect';
import { drawRevision } from '../revisions';
import { storable, storableJson } from '../storable';
import { readBreaker, writeBreaker } from './breakers';
import { noteOutcome } from './noteOutcome';
import { release } from './release';
import { toRemediation, type RemediationRow } from './rows';
import {
  hasEnded,
  type Progress,
  type Stage,
  type StoredRemediation,
  type StoryEvent,
} from './StoredRemediation';
import type { StoredPlan } from './StoredPlan';
import {
  loadUnmended,
  reasonOf,
  toldOf,
  type UnmendedProblem,
} from './unmended';

/** What one transition makes of a remediation; what is left out stays. */
export interface Transition {
  state?: RemediationState;
  stage?: Stage;
  reason?: Reason | null;
  change?: StoredRemediation['change'];
  progress?: Partial<Progress>;
  waitsFor?: StoredRemediation['waitsFor'];
  personActed?: true;
  /** When it is looked at next; now if left out. Nothing counts once it ended. */
  dueAt?: Date;
  events?: StoryEvent[];
  breaker?: BreakerNews;
  /** A person closed its content: it is not opened again. */
  closed?: { actor: string | null; url: string | null };
  /** It changes nothing any more, for now. */
  releaseLock?: true;
  /** It goes on with this plan, which says something else. */
  plan?: Pick<
    StoredPlan,
    | 'id'
    | 'hash'
    | 'contentHash'
    | 'beforeHash'
    | 'title'
    | 'problems'
    | 'filesChanged'
    | 'linesChanged'
  >;
  /** The plan that took the place of its own. */
  supersededBy?: string;
  /** False where its end is no outcome of its problems: another plan goes on. */
  isOutcome?: boolean;
}

/** Thrown where another has taken the remediation on meanwhile: what it says counts. */
export class LeaseLostError extends Error {
  constructor(id: string) {
    super(`The remediation ${id} was taken on by another process`);
  }
}

/** Brings a transition into force. With `keep`, the claim is kept for the next one. */
export async function saveTransition(
  knex: Knex,
  before: StoredRemediation,
  transition: Transition,
  options: { now: Date; keep: boolean; breaker: BreakerSettings },
): Promise<{ after: StoredRemediation; revision: number; woken: string[] }> {
  return knex.transaction(trx =>
    writeTransition(trx, before, transition, options),
  );
}

/** The same for a remediation that asks to be let through, in the transaction that decides it. */
export async function saveAdmission(
  knex: Knex,
  before: StoredRemediation,
  admit: (trx: Knex.Transaction) => Promise<Admission>,
  toTransition: (admission: Admission) => Transition,
  options: { now: Date; keep: boolean; breaker: BreakerSettings },
) {
  return knex.transaction(async trx => {
    const admission = await admit(trx);
    const transition = toTransition(admission);
    const isIn = admission.kind === 'let-through';
    const appliedAt = isIn ? options.now.toISOString() : undefined;
    if (isIn) await noteApplied(trx, before, options.now);
    // What is held back is free: who makes room for it wakes it.
    const keep = options.keep && isIn;
    return writeTransition(trx, before, transition, {
      ...{ ...options, keep, appliedAt },
    });
  });
}

async function writeTransition(
  trx: Knex.Transaction,
  before: StoredRemediation,
  given: Transition,
  options: {
    now: Date;
    keep: boolean;
    breaker: BreakerSettings;
    appliedAt?: string;
  },
) {
  const { now, keep } = options;
  const at = now.toISOString();
  const unmended = CLAIMS.includes(given.state)
    ? await loadUnmended(trx, before.planId)
    : [];
  const transition = withoutFalseClaims(before, given, unmended);
  if (transition.breaker) {
    // Before any other lock, as those who are let through have it.
    await dialectOf(trx)
      .lockRows(trx('automation_state').where({ id: 1 }))
      .first('id');
  }
  const after = apply(before, transition, at, options.appliedAt);
  const ended = hasEnded(after.state);
  const written = await trx('remediations')
    .where({ id: before.id, fence: before.fence })
    .update({
      ...toColumns(after),
      person_acted: after.personActed ? 1 : trx.raw('person_acted'),
      ended_at: ended ? at : null,
      due_at: ended
        ? null
        : trx.raw('case when nudges > ? then ? else ? end', [
            ...[before.nudges, at, after.dueAt ?? at],
          ]),
      ...(keep && !ended ? {} : { lease_until: null }),
    });
  if (written !== 1) throw new LeaseLostError(before.id);
  if (ended && transition.isOutcome !== false) {
    await noteOutcome(trx, after, unmended, at);
  }
  const { plan, supersededBy = plan?.id } = transition;
  if (supersededBy) {
    await trx('plans')
      .where({ id: before.planId })
      .update({ state: 'superseded', superseded_by: supersededBy });
  }
  if (plan) {
    await trx('plans')
      .where({ id: plan.id })
      .update({ state: 'applied', remediation_id: before.id });
  }
  if (transition.closed) await noteClosed(trx, after, transition.closed, at);
  if (transition.breaker) {
    const { playbookId, host, id } = after;
    const old = await readBreaker(trx, playbookId, host);
    const next = tellBreaker(old, id, transition.breaker, {
      ...{ now, settings: options.breaker },
    });
    if (next !== old) await writeBreaker(trx, playbookId, host, next);
  }
  const woken =
    ended || transition.releaseLock ? await release(trx, after, at) : [];
  if (transition.events?.length) {
    await trx('remediation_events').insert(
      transition.events.map(event => toEvent(after.id, event, at)),
    );
  }
  const revision = await drawRevision(trx);
  // What people asked for meanwhile is in the row.
  const [row]: RemediationRow[] = await trx('remediations')
    .where({ id: after.id })
    .update({ revision })
    .returning('*');
  return { after: toRemediation(row), revision, woken };
}

/** States that say something good of its problems. */
const CLAIMS: readonly Transition['state'][] = [
  'verifying',
  'healed',
  'recovered',
];

/** What mends none of its problems does not heal, however well it went; the story names those that are left. */
function withoutFalseClaims(
  { problems }: StoredRemediation,
  transition: Transition,
  all: readonly UnmendedProblem[],
): Transition {
  const { state, events = [] } = transition;
  const about = new Set(problems.map(({ id }) => id));
  const unmended = all.filter(({ problem }) => about.has(problem.id));
  if (state === 'recovered' || unmended.length === 0) return transition;
  if (unmended.length === problems.length) {
    const reason = reasonOf(unmended);
    return {
      ...{ state: 'escalated', reason, breaker: { kind: 'ended' } },
      events: [{ event: 'escalated', message: reason.message }],
    };
  }
  if (state !== 'healed') return transition;
  const left = unmended.map(one => ({
    event: 'unmended',
    message: toldOf(one),
  }));
  return { ...transition, events: [...left, ...events] };
}

function apply(
  before: StoredRemediation,
  { plan, ...transition }: Transition,
  at: string,
  appliedAt = before.appliedAt,
): StoredRemediation {
  const state = transition.state ?? before.state;
  const ended = hasEnded(state);
  return {
    ...before,
    ...(plan && {
      ...{ planId: plan.id, planHash: plan.hash, title: plan.title },
      ...{ contentHash: plan.contentHash, beforeHash: plan.beforeHash },
      ...{ filesChanged: plan.filesChanged, linesChanged: plan.linesChanged },
      problems: plan.problems,
    }),
    ...{ state, appliedAt },
    stage: ended ? 'ended' : transition.stage ?? before.stage,
    reason: transition.reason === undefined ? null : transition.reason,
    change: transition.change ?? before.change,
    progress: { ...before.progress, ...transition.progress },
    waitsFor: transition.waitsFor ?? null,
    personActed: before.personActed || transition.personActed === true,
    stateSince: state === before.state ? before.stateSince : at,
    endedAt: ended ? at : null,
    dueAt: ended ? null : transition.dueAt?.toISOString() ?? at,
  };
}

function toColumns(after: StoredRemediation): Partial<RemediationRow> {
  const json = (value: unknown) =>
    value === null ? null : storableJson(value);
  return {
    ...{ plan_id: after.planId, plan_hash: after.planHash },
    ...{ content_hash: after.contentHash, before_hash: after.beforeHash },
    ...{ title: storable(after.title), problems: storableJson(after.problems) },
    ...{ files_changed: after.filesChanged, lines_changed: after.linesChanged },
    ...{ state: after.state, stage: after.stage, reason: json(after.reason) },
    ...{ change: json(after.change), progress: storableJson(after.progress) },
    ...{ waits_for: json(after.waitsFor), state_since: after.stateSince },
    applied_at: after.appliedAt,
  };
}

/** From now on it counts for loops. */
async function noteApplied(
  trx: Knex.Transaction,
  { problems }: StoredRemediation,
  now: Date,
): Promise<void> {
  await trx('playbook_problems')
    .whereIn(
      'id',
      problems.map(({ id }) => id),
    )
    .update({ applied_at: now.toISOString() });
}

async function noteClosed(
  trx: Knex.Transaction,
  { playbookId, repositoryId, contentHash }: StoredRemediation,
  { actor, url }: { actor: string | null; url: string | null },
  at: string,
): Promise<void> {
  await trx('closed_contents')
    .insert({
      ...{ playbook_id: playbookId, repository_id: repositoryId },
      ...{ content_hash: contentHash, at, actor, url },
    })
    .onConflict(['playbook_id', 'repository_id', 'content_hash'])
    .merge();
}

function toEvent(remediationId: string, event: StoryEvent, at: string) {
  return {
    ...{ remediation_id: remediationId, at, event: event.event },
    message: storable(event.message),
    step_id: event.stepId ?? null,
    actor: event.actor ?? null,
    url: event.url ?? null,
  };
}
