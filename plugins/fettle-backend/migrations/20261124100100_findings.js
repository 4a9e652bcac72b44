// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * Findings, who saw them, what became of them, and what people accepted. Times
 * are ISO 8601 in UTC.
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

  /** @param {import('knex').Knex.CreateTableBuilder} table */
  const findingId = table =>
    table
      .specificType('finding_id', key)
      .notNullable()
      .references('id')
      .inTable('findings')
      .onDelete('CASCADE');

  await knex.schema.createTable('exceptions', table => {
    table.comment('What people accepted, and until when');
    table.specificType('id', key).notNullable().primary();
    table.specificType('as', key).notNullable();
    table
      .specificType('scope', key)
      .notNullable()
      .comment('place, repository or owner');
    table.specificType('kind', key).notNullable();
    table.specificType('rule', key).notNullable();
    table.text('names').notNullable().comment('JSON: the rule and its aliases');
    table.specificType('finding_id', key).nullable();
    table.specificType('repository_id', key).nullable();
    table.specificType('owner', key).nullable();
    table.text('covers').notNullable();
    table.text('reason').notNullable();
    table.text('actor').notNullable();
    table.specificType('created_at', key).notNullable();
    table.specificType('expires_at', key).nullable();
    table.specificType('ended_at', key).nullable();
    table.index(['ended_at', 'expires_at']);
    table.index(['repository_id', 'ended_at']);
    table.index(['owner', 'ended_at']);
  });

  await knex.schema.createTable('findings', table => {
    table.comment(
      'One row for each problem in one place, also once it is fixed',
    );
    table.specificType('id', key).notNullable().primary();
    repositoryId(table);
    table.specificType('kind', key).notNullable();
    table.specificType('rule', key).notNullable();
    table.text('title').notNullable();
    table.specificType('severity', key).notNullable();
    table.double('priority').notNullable();
    table.specificType('state', key).notNullable();
    table.integer('certain').notNullable();
    table.specificType('path', key).notNullable().comment('Empty for none');
    table.specificType('package', key).nullable().comment('ecosystem:name');
    table
      .text('keys')
      .notNullable()
      .comment('JSON: by which it is known again');
    table.text('data').notNullable().comment('JSON: the rest of what is shown');
    table.text('search').notNullable().comment('In lower case');
    table.specificType('first_seen_at', key).notNullable();
    table.specificType('last_seen_at', key).notNullable();
    table.specificType('state_since', key).notNullable();
    table.specificType('due_at', key).nullable();
    table.specificType('fixed_at', key).nullable();
    table.specificType('exception_id', key).nullable();
    table.specificType('commit', key).nullable();
    table.bigInteger('revision').notNullable();
    table.index(['repository_id', 'state', 'priority', 'id']);
    table.index(['state', 'priority', 'id']);
    table.index(['package', 'state']);
    table.index(['state', 'due_at']);
  });

  await knex.schema.createTable('finding_names', table => {
    table.comment('Every name that the problem of a finding has');
    findingId(table);
    table.specificType('name', key).notNullable();
    table.primary(['finding_id', 'name']);
    table.index(['name', 'finding_id']);
  });

  await knex.schema.createTable('finding_sightings', table => {
    table.comment('Who sees a finding now, and what');
    findingId(table);
    table.specificType('observer', key).notNullable();
    table.text('report').notNullable().comment('JSON');
    table.primary(['finding_id', 'observer']);
  });

  await knex.schema.createTable('finding_events', table => {
    table.comment('The life of each finding');
    table.increments('id');
    findingId(table);
    repositoryId(table);
    table.specificType('at', key).notNullable();
    table.specificType('event', key).notNullable();
    table.text('actor').nullable();
    table.text('reason').nullable();
    table.specificType('commit', key).nullable();
    table.index(['finding_id', 'id']);
  });

  await knex.schema.createTable('security_rollups', table => {
    table.comment('What the findings of a repository come to');
    repositoryId(table);
    for (const count of [
      ...['critical', 'high', 'medium', 'low', 'unknown', 'accepted'],
      ...['vulnerability', 'secret', 'licence', 'misconfiguration', 'threat'],
    ]) {
      table.integer(count).notNullable();
    }
    table.double('priority').notNullable().comment('The highest; 0 for none');
    table.bigInteger('revision').notNullable();
    table.primary(['repository_id']);
    table.index(['revision']);
    table.index(['priority', 'repository_id']);
  });

  await knex.schema.createTable('finding_days', table => {
    table.comment('What was open at the end of each day on which it changed');
    repositoryId(table);
    table.specificType('day', key).notNullable();
    for (const count of [
      ...['critical', 'high', 'medium', 'low', 'unknown'],
      ...['opened', 'fixed'],
    ]) {
      table.integer(count).notNullable();
    }
    table.primary(['repository_id', 'day']);
    table.index(['day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('finding_days');
  await knex.schema.dropTable('security_rollups');
  await knex.schema.dropTable('finding_events');
  await knex.schema.dropTable('finding_sightings');
  await knex.schema.dropTable('finding_names');
  await knex.schema.dropTable('findings');
  await knex.schema.dropTable('exceptions');
};
