import type { Knex } from 'knex';
import { drawRevision } from '../revisions';
import type { RunRow } from './rows';

/** A request that the host has not answered by then may be made again. */
const FORGET_MS = 60_000;

/**
 * Notes that a person asked for a run to be done again or to be ended, so that
 * asking twice does it once.
 *
 * @returns undefined where it was asked for a moment ago
 */
export async function request(
  knex: Knex,
  id: string,
  what: 'rerun' | 'cancel',
  now: Date,
): Promise<{ revision: number } | undefined> {
  const at = now.toISOString();
  const before = new Date(now.getTime() - FORGET_MS).toISOString();
  return knex.transaction(async trx => {
    const updated = await trx('runs')
      .where({ id })
      .where(same =>
        same
          .whereNull('requested')
          .orWhereNot('requested', what)
          .orWhere('changed_at', '<', before),
      )
      .update({ requested: what, changed_at: at });
    if (updated === 0) return undefined;
    const revision = await drawRevision(trx);
    await trx('runs').where({ id }).update({ revision });
    return { revision };
  });
}

/** Takes a request back that the host refused. */
export async function withdraw(knex: Knex, id: string): Promise<number | null> {
  return knex.transaction(async trx => {
    const updated = await trx('runs')
      .where({ id })
      .whereNotNull('requested')
      .update({ requested: null });
    if (updated === 0) return null;
    const revision = await drawRevision(trx);
    await trx('runs').where({ id }).update({ revision });
    return revision;
  });
}

/** Keeps what was found out about a run's commit; gaps only, but for its folders. */
export async function describe(
  knex: Knex,
  id: string,
  commit: {
    subject: string | null;
    committedAt: string | null;
    subpaths: string[] | null;
  },
): Promise<number | null> {
  return knex.transaction(async trx => {
    const run: RunRow | undefined = await trx('runs')
      .where({ id })
      .forUpdate()
      .first('*');
    if (!run) return null;
    const next = {
      commit_subject: run.commit_subject ?? commit.subject,
      committed_at: run.committed_at ?? commit.committedAt,
      subpaths: commit.subpaths
        ? JSON.stringify(commit.subpaths)
        : run.subpaths,
    };
    const same =
      next.commit_subject === run.commit_subject &&
      next.committed_at === run.committed_at &&
      next.subpaths === run.subpaths;
    if (same) return null;
    const revision = await drawRevision(trx);
    await trx('runs')
      .where({ id })
      .update({ ...next, revision });
    return revision;
  });
}
