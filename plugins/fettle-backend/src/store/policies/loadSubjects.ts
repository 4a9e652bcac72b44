import type { RepositorySnapshot } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Subject, SubjectVerdict } from '../../policies/subject/Subject';
import { dialectOf } from '../Dialect';
import { readRevisions } from '../revisions';
import { componentUses, onceEach } from '../security/componentUses';
import type { ClaimRow, RepositoryRow, VerdictRow } from '../tables';
import { loadEcosystems } from './loadEcosystems';
import { loadScans } from './loadScans';
import { groupBy, toSubjectFinding } from './toSubjectFinding';
import type { Needs } from './PolicyStore';

/** Repositories with what policies read of them. */
export async function loadSubjects(
  knex: Knex,
  ids: readonly string[],
  needs: Needs,
): Promise<{ subjects: Subject[]; seenRevision: number }> {
  // First: what is committed meanwhile makes them due again.
  const { value: seenRevision } = await readRevisions(knex);
  const of = (column: string) => {
    const { sql, bindings } = dialectOf(knex).oneOf(column, ids);
    return knex.raw(sql, bindings);
  };
  const repositories: RepositoryRow[] = await knex('repositories')
    .where(of('id'))
    .orderBy('id')
    .select('*');
  const claims: ClaimRow[] = await knex('entity_claims')
    .where(of('repository_id'))
    .orderBy('entity_ref')
    .select('*');
  const scores: { repository_id: string; score: number | null }[] = await knex(
    'rollups',
  )
    .where(of('repository_id'))
    .where({ subpath: '' })
    .select('repository_id', 'score');
  const snapshots: { repository_id: string; data: string }[] = await knex(
    'snapshots as s',
  )
    .where(of('s.repository_id'))
    .whereRaw(
      's.taken_at = (select max(n.taken_at) from snapshots as n where n.repository_id = s.repository_id)',
    )
    .select('s.repository_id', 's.data');
  const verdicts: VerdictRow[] = needs.verdicts
    ? await knex('verdicts')
        .where(of('repository_id'))
        .orderBy(['repository_id', 'subpath', 'check_id'])
        .select('*')
    : [];
  const findings = needs.findings
    ? await knex('findings')
        .where(of('repository_id'))
        .whereNot({ state: 'fixed' })
        .orderBy([{ column: 'priority', order: 'desc' }, { column: 'id' }])
        .select('*')
    : [];
  const components = needs.components ? await loadComponents(knex, of) : [];
  const ecosystems: Map<string, Subject['ecosystems']> = needs.findings
    ? await loadEcosystems(knex, of('u.repository_id'))
    : new Map();
  const scans = await loadScans(knex, of('repository_id'));

  const [claimsOf, verdictsOf, findingsOf, componentsOf] = [
    groupBy(claims),
    groupBy(verdicts),
    groupBy(findings),
    groupBy(components),
  ];
  const scoreOf = new Map(scores.map(row => [row.repository_id, row.score]));
  const snapshotOf = new Map(snapshots.map(row => [row.repository_id, row]));
  return {
    seenRevision,
    subjects: repositories.map(row => {
      const stored = snapshotOf.get(row.id);
      const snapshot: Partial<RepositorySnapshot> = stored
        ? JSON.parse(stored.data)
        : {};
      return {
        ...{ id: row.id, name: row.name, host: row.host, remote: row.remote },
        state: row.state as Subject['state'],
        defaultBranch: row.default_branch,
        headCommit: row.head_commit,
        headCommittedAt: row.head_committed_at,
        collectedAt: row.collected_at,
        score: scoreOf.get(row.id) ?? null,
        protection: snapshot.protection ?? null,
        archived: snapshot.archived ?? null,
        entities: (claimsOf.get(row.id) ?? []).map(claim => ({
          ref: claim.entity_ref,
          subpath: claim.subpath,
          owner: claim.owner,
          system: claim.system,
        })),
        verdicts: (verdictsOf.get(row.id) ?? []).map(toVerdict),
        scans: scans.get(row.id) ?? [],
        ecosystems: ecosystems.get(row.id) ?? [],
        components: (componentsOf.get(row.id) ?? []).map(toComponent),
        findings: (findingsOf.get(row.id) ?? []).map(toSubjectFinding),
      };
    }),
  };
}

function toVerdict(row: VerdictRow): SubjectVerdict {
  return {
    check: row.check_id,
    title: row.title,
    status: row.status as SubjectVerdict['status'],
    message: row.message,
    subpath: row.subpath,
    since: row.since,
  };
}

interface UsedRow {
  repository_id: string;
  ecosystem: string;
  name: string;
  version: string;
  licence: string | null;
  path: string;
  line: number | null;
  direct: number | null;
  scope: Subject['components'][number]['scope'];
}

async function loadComponents(
  knex: Knex,
  of: (column: string) => Knex.Raw,
): Promise<UsedRow[]> {
  return componentUses(knex)
    .where(of('u.repository_id'))
    .modify(onceEach)
    .orderBy(['u.repository_id', 'p.name', 'c.version', 'u.path'])
    .select(
      ...['u.repository_id', 'p.ecosystem', 'p.name', 'c.version', 'c.licence'],
      ...['u.path', 'u.line', 'u.direct', 'u.scope'],
    );
}

function toComponent(row: UsedRow): Subject['components'][number] {
  const { ecosystem, name, licence, path, line, scope } = row;
  return {
    ...{ ecosystem, name, licence, path, line, scope },
    version: row.version === '' ? null : row.version,
    direct: row.direct === null ? null : row.direct === 1,
  };
}
