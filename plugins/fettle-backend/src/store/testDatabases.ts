import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { DatabaseFettleStore } from './DatabaseFettleStore';
import { createStore } from './testReadings';

/**
 * The databases that the store is tested on: SQLite, and PostgreSQL where
 * BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING says where one is.
 */
export function testDatabases(): TestDatabases {
  return TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    disableDocker: true,
  });
}

/** Parents last. */
const TABLES = [
  'campaign_approvals',
  'campaign_items',
  'campaigns',
  'standard_opt_outs',
  'standard_bases',
  'standard_drifts',
  'standard_states',
  'closed_contents',
  'breakers',
  'remediation_locks',
  'remediation_events',
  'remediations',
  'plan_approvals',
  'plans',
  'playbook_schedules',
  'playbook_states',
  'playbook_problems',
  'policy_states',
  'policy_events',
  'policy_results',
  'finding_days',
  'security_rollups',
  'finding_events',
  'finding_sightings',
  'finding_names',
  'findings',
  'exceptions',
  'portal_keys',
  'matcher_cursors',
  'scans',
  'package_releases',
  'repository_components',
  'components',
  'packages',
  'pipeline_syncs',
  'pipeline_days',
  'deployments',
  'run_jobs',
  'runs',
  'repository_keys',
  'deliveries',
  'threat_memories',
  'publications',
  'compliance_days',
  'history_days',
  'history_changes',
  'rollups',
  'verdict_evidence',
  'verdicts',
  'facts',
  'snapshots',
  'entity_claims',
  'repositories',
];

/**
 * Runs a suite on each database. It is migrated once; `init` empties it, which
 * is many times faster than making another.
 */
export function describeStore(
  name: string,
  suite: (
    init: () => Promise<{ store: DatabaseFettleStore; knex: Knex }>,
  ) => void,
): void {
  const databases = testDatabases();
  describe.each(databases.eachSupportedId())(`${name}, %p`, id => {
    let knex: Knex;
    let store: DatabaseFettleStore;
    beforeAll(async () => {
      knex = await databases.init(id);
      store = await createStore(knex);
    }, 60_000);
    suite(async () => {
      for (const table of TABLES) await knex(table).delete();
      await knex('revisions').update({ value: 0, structure: 0 });
      await knex('automation_state').update({ stopped: 0 });
      return { store, knex };
    });
  });
}
