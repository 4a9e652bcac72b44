import { randomUUID } from 'node:crypto';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { lockRepository } from '../security/observe';
import { storable, storableJson } from '../storable';
import type { PlanRow, ProblemRow } from './rows';
import type { PlanProblem } from './StoredPlan';
import { unmendedOf } from './unmended';

/** What a trigger sees of one playbook in one repository, now. */
export interface Observed {
  playbookId: string;
  digest: string;
  repositoryId: string;
  problems: readonly StepProblem[];
  /** False where a problem that is missing is not known to be gone. */
  complete: boolean;
  /** The playbook is not for the repository, or not any more: what it saw there is forgotten. */
  outOfScope?: boolean;
}

/** A problem that is there, as it stands. */
export interface OpenProblem {
  id: string;
  problem: StepProblem;
  seenAt: string;
  outcome: string | null;
  /** The digest of the playbook that came to this outcome. */
  playbookDigest: string | null;
  remediationId: string | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Brings the problems of a playbook up to date. One that is gone without an
 * outcome has recovered without us, unless a remediation of it is under way,
 * which then says what became of it.
 */
export async function observeProblems(
  knex: Knex,
  observed: Observed,
  now: Date,
): Promise<OpenProblem[]> {
  const { playbookId, repositoryId, problems, complete } = observed;
  const { outOfScope = false } = observed;
  const at = now.toISOString();
  const wanted = new Map(problems.map(one => [storable(one.key), one]));
  const known = await loadOpen(knex, playbookId, repositoryId);
  const same =
    known.length === wanted.size &&
    known.every(row => {
      const problem = wanted.get(row.key);
      return problem && row.detail === storableJson(problem);
    });
  // The most common case costs one read.
  if (same) return known.map(toOpen);
  return knex.transaction(async trx => {
    if (!(await lockRepository(trx, repositoryId))) return [];
    const rows = await loadOpen(trx, playbookId, repositoryId);
    const open = new Map(rows.map(row => [row.key, row]));
    const result: OpenProblem[] = [];
    for (const [key, problem] of wanted) {
      const detail = storableJson(problem);
      let row = open.get(key);
      open.delete(key);
      if (!row) {
        row = await openProblem(trx, { ...observed, key, problem, at });
      } else if (row.detail !== detail) {
        row = { ...row, detail };
        await trx('playbook_problems').where({ id: row.id }).update({ detail });
      }
      result.push(toOpen(row));
    }
    if (complete && open.size > 0) {
      await closeProblems(trx, [...open.values()], { at, outOfScope });
    }
    return result;
  });

  async function openProblem(
    trx: Knex.Transaction,
    of: Observed & { key: string; problem: StepProblem; at: string },
  ): Promise<ProblemRow> {
    const since = new Date(now.getTime() - DAY_MS).toISOString();
    await trx('playbook_problems')
      .where({ ...{ playbook_id: playbookId, key: of.key } })
      .where({ repository_id: repositoryId, outcome: 'healed' })
      .where('gone_at', '>', since)
      .update({ false_heal: 1 });
    const { host } = await trx('repositories')
      .where({ id: repositoryId })
      .first('host');
    const row: ProblemRow = {
      id: randomUUID(),
      ...{ playbook_id: playbookId, repository_id: repositoryId, host },
      ...{ key: of.key, kind: of.problem.kind },
      ...{ detail: storableJson(of.problem), seen_at: at, gone_at: null },
      ...{ outcome: null, outcome_at: null, playbook_digest: null },
      ...{ applied_at: null, person_acted: 0, false_heal: 0 },
      ...{ plan_id: null, remediation_id: null },
    };
    await trx('playbook_problems').insert(row);
    return row;
  }
}

function loadOpen(
  knex: Knex,
  playbookId: string,
  repositoryId: string,
): Promise<ProblemRow[]> {
  return knex('playbook_problems')
    .where({ playbook_id: playbookId, repository_id: repositoryId })
    .whereNull('gone_at')
    .select('*');
}

async function closeProblems(
  trx: Knex.Transaction,
  rows: readonly ProblemRow[],
  { at, outOfScope }: { at: string; outOfScope: boolean },
): Promise<void> {
  const live = await trx('remediations')
    .whereIn(
      'id',
      rows.flatMap(row => row.remediation_id ?? []),
    )
    .whereNull('ended_at')
    .select('id');
  const running = new Set(live.map(({ id }: { id: string }) => id));
  const gone = rows.filter(row => !running.has(row.remediation_id ?? ''));
  const ids = (of: readonly ProblemRow[]) => of.map(({ id }) => id);
  await trx('playbook_problems')
    .whereIn('id', ids(gone))
    .update({ gone_at: at });
  const own = gone.filter(({ outcome }) => outcome === null);
  if (own.length === 0) return;
  if (outOfScope) {
    // Nothing recovered, and nothing was to be healed there.
    await trx('playbook_problems').whereIn('id', ids(own)).delete();
    return;
  }
  const held = await findHeld(trx, own[0]);
  await trx('playbook_problems')
    .whereIn('id', ids(own))
    .update({ outcome: 'recovered', outcome_at: at });
  await trx('playbook_problems')
    .whereIn('id', ids(own.filter(({ id }) => held.has(id))))
    .update({ person_acted: 1 });
}

/**
 * Ids of the problems that a playbook that may act does nothing about, as a
 * person has to say yes first, or as it cannot: whoever puts those right, it is
 * not the playbook.
 */
async function findHeld(
  trx: Knex.Transaction,
  { playbook_id, repository_id }: ProblemRow,
): Promise<ReadonlySet<string>> {
  const plans: Pick<PlanRow, 'state' | 'problems' | 'notes'>[] = await trx(
    'plans',
  )
    .where({ playbook_id, repository_id })
    .whereIn('state', ['waiting', 'rejected', 'impossible', 'empty'])
    .whereNot({ level: 'observe' })
    .select('state', 'problems', 'notes');
  return new Set(
    plans.flatMap(({ state, ...plan }) => {
      const problems: PlanProblem[] = JSON.parse(plan.problems);
      const { unmended } = JSON.parse(plan.notes);
      const held =
        // There may be nothing to do as it is put right already.
        state === 'empty'
          ? unmendedOf({ problems, unmended }).map(({ problem }) => problem)
          : problems;
      return held.map(({ id }) => id);
    }),
  );
}

function toOpen(row: ProblemRow): OpenProblem {
  return {
    id: row.id,
    problem: JSON.parse(row.detail),
    seenAt: row.seen_at,
    outcome: row.outcome,
    playbookDigest: row.playbook_digest,
    remediationId: row.remediation_id,
  };
}
