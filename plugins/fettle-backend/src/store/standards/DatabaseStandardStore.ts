import type { DriftState, OptOut } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';
import { drawRevision, readRevisions } from '../revisions';
import { storable } from '../storable';
import { pageOfDrifts } from './pageOfDrifts';
import { toDrift, toOptOut, type DriftRow, type OptOutRow } from './rows';
import { saveDrifts } from './saveDrifts';
import type { StandardStore } from './StandardStore';

/** How repositories stand against standards, in the plugin's database. */
export class DatabaseStandardStore implements StandardStore {
  constructor(private readonly knex: Knex) {}

  async due(of: { digest: string; now: Date; after: string; limit: number }) {
    const rows: { id: string }[] = await this.knex('repositories as r')
      .leftJoin('standard_states as s', 's.repository_id', 'r.id')
      .where('r.id', '>', of.after)
      .whereNotNull('r.head_commit')
      .where(due =>
        due
          .whereNull('s.repository_id')
          .orWhereNot('s.digest', of.digest)
          .orWhere('s.due_at', '<=', of.now.toISOString())
          .orWhereNull('s.commit')
          .orWhereRaw('s."commit" <> r.head_commit'),
      )
      .orderBy('r.id')
      .limit(of.limit)
      .select('r.id');
    return rows.map(({ id }) => id);
  }

  async bases(repositoryId: string) {
    const rows: { standard_id: string; path: string; content: string }[] =
      await this.knex('standard_bases')
        .where({ repository_id: repositoryId })
        .select('standard_id', 'path', 'content');
    const bases = new Map<string, Map<string, string>>();
    for (const { standard_id: id, path, content } of rows) {
      const of = bases.get(id) ?? new Map<string, string>();
      bases.set(id, of.set(path, content));
    }
    return bases;
  }

  save(found: Parameters<StandardStore['save']>[0], now: Date) {
    return saveDrifts(this.knex, found, now);
  }

  async drifts(repositoryId: string, now: Date) {
    const mine = { repository_id: storable(repositoryId) };
    const rows: DriftRow[] = await this.knex('standard_drifts')
      .where(mine)
      .orderBy('standard_id');
    const out: OptOutRow[] = await this.knex('standard_opt_outs').where(mine);
    return rows.map(row =>
      toDrift(
        row,
        out.find(one => one.standard_id === row.standard_id),
        now,
      ),
    );
  }

  async counts(visibility: Visibility, now: Date) {
    const visible = inVisibleRepositories(
      ...([this.knex, 'd.repository_id', visibility] as const),
    );
    const rows: {
      standard_id: string;
      state: Exclude<DriftState, 'exempt'>;
      applied_version: string | null;
      exempt: number | boolean;
      number: number | string;
    }[] = await this.knex('standard_drifts as d')
      .leftJoin('standard_opt_outs as o', join =>
        join
          .on('o.repository_id', 'd.repository_id')
          .andOn('o.standard_id', 'd.standard_id')
          .andOnVal('o.expires_at', '>', now.toISOString()),
      )
      .whereRaw(visible.sql, visible.bindings)
      .groupByRaw('1, 2, 3, 4')
      .select('d.standard_id', 'd.state', 'd.applied_version')
      .select(this.knex.raw('o.repository_id is not null as exempt'))
      .count({ number: '*' });
    const found: Awaited<ReturnType<StandardStore['counts']>> = new Map();
    for (const row of rows) {
      const of = found.get(row.standard_id) ?? {
        counts: { follows: 0, drifted: 0, unknown: 0, exempt: 0 },
        versions: {},
      };
      found.set(row.standard_id, of);
      const number = Number(row.number);
      of.counts[row.exempt ? 'exempt' : row.state] += number;
      const version = row.applied_version ?? 'none';
      of.versions[version] = (of.versions[version] ?? 0) + number;
    }
    return found;
  }

  page(
    of: Parameters<StandardStore['page']>[0],
    visibility: Visibility,
    now: Date,
  ) {
    return pageOfDrifts(this.knex, of, visibility, now);
  }

  async optOut(
    repositoryId: string,
    standardId: string,
    given: Omit<OptOut, 'createdAt'> | null,
    now: Date,
  ) {
    const key = { repository_id: repositoryId, standard_id: standardId };
    return this.knex.transaction(async trx => {
      const old: OptOutRow | undefined = await trx('standard_opt_outs')
        .where(key)
        .first();
      if (given) {
        await trx('standard_opt_outs')
          .insert({
            ...{ ...key, created_at: now.toISOString() },
            ...{ reason: storable(given.reason), actor: given.actor },
            expires_at: given.expiresAt,
          })
          .onConflict(['repository_id', 'standard_id'])
          .merge();
      } else {
        await trx('standard_opt_outs').where(key).delete();
      }
      const revision = await drawRevision(trx);
      return { revision, before: old ? toOptOut(old) : null };
    });
  }

  async revision() {
    return (await readRevisions(this.knex)).value;
  }
}
