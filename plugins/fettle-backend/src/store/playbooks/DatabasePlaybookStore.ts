import type { VerdictStatus } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { SubjectFinding } from '../../policies/subject/Subject';
import { dialectOf } from '../Dialect';
import { loadSubjects } from '../policies/loadSubjects';
import { groupBy, toSubjectFinding } from '../policies/toSubjectFinding';
import type { FindingRow } from '../security/rows';
import { storable } from '../storable';
import type { ClaimRow, EvidenceRow, VerdictRow } from '../tables';
import { failedJobs, jobHistory } from './jobs';
import type { KnownRepository, PlaybookStore } from './PlaybookStore';
import { standings } from './standings';

const NOTHING_LONG = { verdicts: false, components: false, findings: false };

/** What triggers read, from the plugin's database. */
export class DatabasePlaybookStore implements PlaybookStore {
  constructor(private readonly knex: Knex) {}

  async repositories() {
    const repositories: KnownRepository[] = await this.knex('repositories')
      .orderBy('id')
      .select('id', 'name', 'host', 'remote', 'state');
    const claims: ClaimRow[] = await this.knex('entity_claims')
      .whereNotNull('repository_id')
      .orderBy('entity_ref')
      .select('repository_id', 'entity_ref', 'subpath', 'owner', 'system');
    const claimsOf = groupBy(claims);
    return repositories.map(row => ({
      ...row,
      entities: (claimsOf.get(row.id) ?? []).map(
        ({ entity_ref: ref, subpath, owner, system }) => ({
          ...{ ref, subpath, owner, system },
        }),
      ),
    }));
  }

  async subjects(ids: readonly string[]) {
    const { subjects } = await loadSubjects(
      ...([this.knex, ids.map(storable), NOTHING_LONG] as const),
    );
    return subjects;
  }

  async openFindings(
    repositoryId: string,
    wanted: Parameters<PlaybookStore['openFindings']>[1],
  ): Promise<SubjectFinding[]> {
    const { kinds, severities, rules, minPriority, limit } = wanted;
    const rows = this.knex<FindingRow>('findings')
      .where({ repository_id: storable(repositoryId), state: 'open' })
      .where('priority', '>=', minPriority)
      .orderBy([{ column: 'priority', order: 'desc' }, { column: 'id' }])
      .limit(limit + 1)
      .select('*');
    for (const [column, values] of [
      ['kind', kinds],
      ['severity', severities],
      ['rule', rules],
    ] as const) {
      if (values.length === 0) continue;
      const { sql, bindings } = dialectOf(this.knex).oneOf(
        `"${column}"`,
        values.map(storable),
      );
      rows.whereRaw(sql, bindings);
    }
    return (await rows).map(toSubjectFinding);
  }

  async verdicts(
    repositoryId: string,
    { checks, limit }: Parameters<PlaybookStore['verdicts']>[1],
  ) {
    const query = this.knex('verdicts as v')
      .leftJoin('verdict_evidence as e', {
        'e.repository_id': 'v.repository_id',
        'e.subpath': 'v.subpath',
        'e.check_id': 'v.check_id',
      })
      .where({ 'v.repository_id': storable(repositoryId) })
      .orderBy(['v.check_id', 'v.subpath'])
      .limit(limit + 1)
      .select('v.*', 'e.items');
    if (checks.length > 0) {
      const { sql, bindings } = dialectOf(this.knex).oneOf(
        'v.check_id',
        checks.map(storable),
      );
      query.whereRaw(sql, bindings);
    }
    const rows: (VerdictRow & { items: EvidenceRow['items'] | null })[] =
      await query;
    return rows.map(row => ({
      ...{ check: row.check_id, title: row.title, message: row.message },
      status: row.status as VerdictStatus,
      ...{ subpath: row.subpath, since: row.since },
      evidence: row.items === null ? [] : JSON.parse(row.items),
    }));
  }

  standings(
    repositoryId: string,
    wanted: Parameters<PlaybookStore['standings']>[1],
  ) {
    return standings(this.knex, storable(repositoryId), wanted);
  }

  failedJobs(runRowId: string) {
    return failedJobs(this.knex, runRowId);
  }

  jobHistory(
    repositoryId: string,
    of: Parameters<PlaybookStore['jobHistory']>[1],
  ) {
    return jobHistory(this.knex, storable(repositoryId), of);
  }
}
