import type {
  ControlCounts,
  PolicyStatus,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { Visibility } from '../FettleStore';
import { loadOwners } from '../pipelines/loadOwners';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { upsertRows, type Table } from '../writeRows';
import type { ComplianceStore, OwnerCounts, Standing } from './ComplianceStore';
import { loadEvidence } from './loadEvidence';

const ALL = '*';

interface DayRow {
  framework_id: string;
  owner: string;
  day: string;
  met: number;
  not_met: number;
  unknown: number;
  not_applicable: number;
  not_seen: number;
}

const DAYS: Table<DayRow> = {
  name: 'compliance_days',
  columns: {
    ...{ framework_id: 'text', owner: 'text', day: 'text' },
    ...{ met: 'integer', not_met: 'integer', unknown: 'integer' },
    ...{ not_applicable: 'integer', not_seen: 'integer' },
  },
  key: ['framework_id', 'owner', 'day'],
};

/** Compliance in the plugin's database. */
export class DatabaseComplianceStore implements ComplianceStore {
  constructor(private readonly knex: Knex) {}

  async standings(of: {
    checks: readonly string[];
    policies: readonly string[];
  }) {
    const { knex } = this;
    const ids: { id: string }[] = await knex('repositories').select('id');
    const standings = new Map<string, Standing>(
      ids.map(({ id }) => [
        id,
        { verdicts: new Map(), policies: new Map(), evaluated: false },
      ]),
    );
    const verdicts: { id: string; check: string; status: VerdictStatus }[] =
      await knex('verdicts')
        .where({ subpath: '' })
        .whereIn('check_id', of.checks)
        .select({ id: 'repository_id', check: 'check_id', status: 'status' });
    for (const { id, check, status } of verdicts) {
      standings.get(id)?.verdicts.set(check, status);
    }
    const results: { id: string; policy: string; status: PolicyStatus }[] =
      await knex('policy_results')
        .whereIn('policy_id', of.policies)
        .select({ id: 'repository_id', policy: 'policy_id', status: 'status' });
    for (const { id, policy, status } of results) {
      standings.get(id)?.policies.set(policy, status);
    }
    const states: { id: string }[] = await knex('policy_states').select({
      id: 'repository_id',
    });
    for (const { id } of states) {
      const standing = standings.get(id);
      if (standing) standing.evaluated = true;
    }
    return standings;
  }

  owners(visibility: Visibility) {
    return loadOwners(this.knex, visibility, undefined);
  }

  async revision() {
    return (await readRevisions(this.knex)).value;
  }

  async saveDay(day: string, counts: readonly OwnerCounts[]) {
    const rows = counts.map(({ frameworkId, owner, counts: of }) => ({
      ...{ framework_id: frameworkId, owner: storable(owner ?? ''), day },
      ...{ met: of.met, not_met: of.notMet, unknown: of.unknown },
      ...{ not_applicable: of.notApplicable, not_seen: of.notSeen },
    }));
    const all = new Map<string, DayRow>();
    for (const row of rows) {
      const sum = all.get(row.framework_id);
      all.set(
        row.framework_id,
        sum
          ? {
              ...{ ...sum, met: sum.met + row.met },
              not_met: sum.not_met + row.not_met,
              unknown: sum.unknown + row.unknown,
              not_applicable: sum.not_applicable + row.not_applicable,
              not_seen: sum.not_seen + row.not_seen,
            }
          : { ...row, owner: ALL },
      );
    }
    await this.knex.transaction(async trx => {
      // Owners that have nothing any more leave no row of an hour ago.
      await trx('compliance_days').where({ day }).delete();
      await upsertRows(trx, DAYS, [...rows, ...all.values()]);
    });
  }

  async days(of: {
    frameworkId: string;
    owner: string | null | undefined;
    from: string;
  }) {
    const { frameworkId, owner, from } = of;
    const rows: DayRow[] = await this.knex('compliance_days')
      .where({
        framework_id: frameworkId,
        owner: owner === undefined ? ALL : storable(owner ?? ''),
      })
      .where('day', '>=', from)
      .orderBy('day')
      .select('*');
    return rows.map(row => ({ day: row.day, counts: toCounts(row) }));
  }

  async prune(before: string) {
    await this.knex('compliance_days').where('day', '<', before).delete();
  }

  evidence(repositoryId: string, period: { from: string; to: string }) {
    return loadEvidence(this.knex, storable(repositoryId), period);
  }
}

function toCounts(row: DayRow): ControlCounts {
  return {
    ...{ met: row.met, notMet: row.not_met, unknown: row.unknown },
    ...{ notApplicable: row.not_applicable, notSeen: row.not_seen },
  };
}
