// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * Problems that playbooks are for, plans, remediations and what limits them.
 * Times are ISO 8601 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);

  /** @param {import('knex').Knex.CreateTableBuilder} table */
  const repositoryId = table =>
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');

  await knex.schema.createTable('playbook_problems', table => {
    table.comment(
      'Each time that a playbook was for a problem, from its first sight to its outcome',
    );
    table.specificType('id', key).primary();
    table.specificType('playbook_id', key).notNullable();
    repositoryId(table);
    table.specificType('key', key).notNullable();
    table.specificType('kind', key).notNullable();
    table.specificType('host', key).notNullable();
    table.text('detail').notNullable().comment('JSON, as the trigger saw it');
    table.specificType('seen_at', key).notNullable().comment('First');
    table
      .specificType('gone_at', key)
      .nullable()
      .comment('Null while it is there');
    table
      .specificType('outcome', key)
      .nullable()
      .comment('healed, failed, … or null');
    table.specificType('outcome_at', key).nullable();
    table.specificType('playbook_digest', key).nullable();
    table
      .specificType('applied_at', key)
      .nullable()
      .comment('When something was last done about it');
    table.integer('person_acted').notNullable().defaultTo(0);
    table
      .integer('false_heal')
      .notNullable()
      .defaultTo(0)
      .comment('1 where it came back within 24 hours after it was healed');
    table.specificType('plan_id', key).nullable();
    table.specificType('remediation_id', key).nullable();
    table.index(['repository_id', 'playbook_id', 'key', 'seen_at']);
    table.index(['playbook_id', 'host', 'outcome']);
    table.index(['remediation_id']);
  });

  await knex.schema.createTable('playbook_states', table => {
    table.comment('When each repository was last looked at for playbooks');
    repositoryId(table);
    table.specificType('digest', key).notNullable().comment('Of all playbooks');
    table.bigInteger('seen_revision').notNullable();
    table.specificType('due_at', key).notNullable();
    table
      .integer('problems')
      .notNullable()
      .comment('That any trigger could see');
    table
      .integer('covered')
      .notNullable()
      .comment('That an enabled playbook is for');
    table.primary(['repository_id']);
  });

  await knex.schema.createTable('playbook_schedules', table => {
    table.comment('When playbooks that follow a schedule are due');
    table.specificType('playbook_id', key).primary();
    table.specificType('digest', key).notNullable();
    table.specificType('due_at', key).nullable();
  });

  await knex.schema.createTable('plans', table => {
    table.comment('The exact changes that playbooks would make');
    table.specificType('id', key).primary();
    table.specificType('hash', key).notNullable();
    table
      .specificType('content_hash', key)
      .notNullable()
      .comment('Of what would be, whatever was there before');
    table
      .specificType('before_hash', key)
      .notNullable()
      .comment('Of what is there now in its place');
    table.specificType('playbook_id', key).notNullable();
    table.specificType('playbook_digest', key).notNullable();
    table.text('playbook_title').notNullable();
    table.specificType('level', key).notNullable();
    repositoryId(table);
    table.specificType('host', key).notNullable();
    table.specificType('campaign_id', key).nullable();
    table.text('title').notNullable();
    table.specificType('state', key).notNullable();
    table.text('problems').notNullable().comment('JSON');
    table
      .specificType('problem_keys', key)
      .notNullable()
      .comment('Hash of the keys, to find the plan for the same problems');
    table.specificType('commit', key).nullable();
    table.specificType('base', key).nullable().comment('The branch');
    table.text('files').notNullable().comment('JSON: diffs');
    table.text('edits').notNullable().comment('JSON: whole new contents');
    table.text('inputs').notNullable().comment('JSON: hashes of what was read');
    table.text('actions').notNullable().comment('JSON');
    table
      .text('notes')
      .notNullable()
      .comment('JSON: obstacles, notes, unmended');
    table.integer('files_changed').notNullable();
    table.integer('lines_changed').notNullable();
    table.integer('reversible').notNullable();
    table.specificType('requested_by', key).notNullable();
    table.specificType('created_at', key).notNullable();
    table
      .specificType('checked_at', key)
      .notNullable()
      .comment('When the repository last gave this plan');
    table
      .specificType('expires_at', key)
      .nullable()
      .comment('When approvals, or the wait for them, end');
    table.integer('approvals_needed').notNullable();
    table.specificType('remediation_id', key).nullable();
    table.specificType('superseded_by', key).nullable();
    table.bigInteger('revision').notNullable();
    table.index(['repository_id', 'playbook_id', 'state']);
    table.index(['state', 'created_at']);
    table.index(['created_at', 'id']);
  });

  await knex.schema.createTable('plan_approvals', table => {
    table.comment('What people said of plans');
    table.increments('id');
    table
      .specificType('plan_id', key)
      .notNullable()
      .references('id')
      .inTable('plans')
      .onDelete('CASCADE');
    table.specificType('plan_hash', key).notNullable();
    table.specificType('actor', key).notNullable();
    table.specificType('decision', key).notNullable();
    table.text('reason').nullable();
    table.specificType('at', key).notNullable();
    table.specificType('expires_at', key).nullable();
    table.unique(['plan_id', 'actor']);
  });

  await knex.schema.createTable('remediations', table => {
    table.comment('Plans that are, or were, applied');
    table.specificType('id', key).primary();
    table.specificType('plan_id', key).notNullable();
    table.specificType('plan_hash', key).notNullable();
    table.specificType('content_hash', key).notNullable();
    table.specificType('before_hash', key).notNullable();
    table.specificType('playbook_id', key).notNullable();
    table.text('playbook_title').notNullable();
    table.specificType('level', key).notNullable();
    repositoryId(table);
    table.specificType('host', key).notNullable();
    table.specificType('campaign_id', key).nullable();
    table.text('title').notNullable();
    table.specificType('state', key).notNullable();
    table
      .specificType('stage', key)
      .notNullable()
      .comment('What is to be done next');
    table.text('reason').nullable().comment('JSON');
    table.text('problems').notNullable().comment('JSON');
    table.text('change').nullable().comment('JSON');
    table
      .text('progress')
      .notNullable()
      .comment('JSON: what was done, and its results');
    table.text('waits_for').nullable().comment('JSON');
    table.text('decisions').notNullable().comment('JSON: what people said');
    table
      .text('cancel')
      .nullable()
      .comment('JSON: who asks for its end, and why');
    table.integer('person_acted').notNullable().defaultTo(0);
    table.specificType('started_by', key).notNullable();
    table.specificType('created_at', key).notNullable();
    table.specificType('state_since', key).notNullable();
    table.specificType('applied_at', key).nullable().comment('Let through');
    table.specificType('ended_at', key).nullable();
    table.specificType('due_at', key).nullable();
    table.specificType('lease_until', key).nullable();
    table
      .integer('fence')
      .notNullable()
      .defaultTo(0)
      .comment('Counts those who took it on: only the last may write');
    table
      .integer('nudges')
      .notNullable()
      .defaultTo(0)
      .comment('Counts what may have changed for it');
    table.integer('files_changed').notNullable();
    table.integer('lines_changed').notNullable();
    table.bigInteger('revision').notNullable();
    table.unique(['plan_id']);
    table.index(['due_at']);
    table.index(['repository_id', 'state']);
    table.index(['state', 'playbook_id']);
    table.index(['applied_at']);
    table.index(['campaign_id', 'state']);
    table.index(['revision']);
  });

  await knex.schema.createTable('remediation_events', table => {
    table.comment('The story of each remediation');
    table.increments('id');
    table
      .specificType('remediation_id', key)
      .notNullable()
      .references('id')
      .inTable('remediations')
      .onDelete('CASCADE');
    table.specificType('at', key).notNullable();
    table.specificType('event', key).notNullable();
    table.text('message').notNullable();
    table.specificType('step_id', key).nullable();
    table.specificType('actor', key).nullable();
    table.text('url').nullable();
    table.index(['remediation_id', 'id']);
  });

  await knex.schema.createTable('remediation_locks', table => {
    table.comment('The one remediation that may change a repository');
    repositoryId(table);
    table.specificType('remediation_id', key).notNullable();
    table.specificType('at', key).notNullable();
    table.primary(['repository_id']);
    table.index(['remediation_id']);
  });

  await knex.schema.createTable('breakers', table => {
    table.comment('What stops playbooks on hosts where they do harm');
    table.specificType('playbook_id', key).notNullable();
    table.specificType('target', key).notNullable().comment('The host');
    table.specificType('state', key).notNullable();
    table.text('failures').notNullable().comment('JSON: their times');
    table.text('reason').nullable().comment('JSON');
    table.specificType('opened_at', key).nullable();
    table.specificType('retry_at', key).nullable();
    table
      .specificType('trial', key)
      .nullable()
      .comment('The remediation that was let through');
    table.primary(['playbook_id', 'target']);
  });

  await knex.schema.createTable('closed_contents', table => {
    table.comment('What people closed: it is not opened again');
    table.specificType('playbook_id', key).notNullable();
    repositoryId(table);
    table.specificType('content_hash', key).notNullable();
    table.specificType('at', key).notNullable();
    table.specificType('actor', key).nullable();
    table.text('url').nullable();
    table.primary(['playbook_id', 'repository_id', 'content_hash']);
  });

  await knex.schema.createTable('automation_state', table => {
    table.comment(
      'One row: the kill switch, and the lock of whoever lets remediations through',
    );
    table.integer('id').primary();
    table.integer('stopped').notNullable();
    table.text('reason').nullable();
    table.specificType('actor', key).nullable();
    table.specificType('at', key).nullable();
  });
  await knex('automation_state').insert({ id: 1, stopped: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'automation_state',
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
  ]) {
    await knex.schema.dropTable(table);
  }
};
