// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * Campaigns: one playbook over many repositories. Times are ISO 8601 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);

  await knex.schema.createTable('campaigns', table => {
    table.comment('One playbook over many repositories, in waves');
    table.specificType('id', key).primary();
    table.text('title').notNullable();
    table.specificType('playbook_id', key).notNullable();
    table.text('playbook_title').notNullable();
    table.text('scope').notNullable().comment('JSON');
    table.text('waves').notNullable().comment('JSON: as they were asked for');
    table.specificType('ordering', key).notNullable();
    table.double('most_failures').notNullable();
    table.specificType('state', key).notNullable();
    table.text('reason').nullable().comment('JSON: why it is paused');
    table
      .specificType('hash', key)
      .nullable()
      .comment('Of the hashes of its plans');
    table
      .integer('wave')
      .notNullable()
      .defaultTo(0)
      .comment('The last that has begun; 0 before the start');
    table.integer('wave_count').notNullable().defaultTo(0);
    table
      .text('accepted')
      .notNullable()
      .comment('JSON: by wave, the failures that a person went on with');
    table.specificType('created_by', key).notNullable();
    table.specificType('created_at', key).notNullable();
    table.specificType('started_by', key).nullable();
    table.specificType('started_at', key).nullable();
    table.specificType('ended_at', key).nullable();
    table.specificType('ended_by', key).nullable().comment('Who cancelled it');
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
    table.bigInteger('revision').notNullable();
    table.index(['created_at', 'id']);
    table.index(['due_at']);
  });

  await knex.schema.createTable('campaign_items', table => {
    table.comment(
      'The repositories of campaigns; what became of each is in its plan and remediation',
    );
    table
      .specificType('campaign_id', key)
      .notNullable()
      .references('id')
      .inTable('campaigns')
      .onDelete('CASCADE');
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table
      .integer('wave')
      .notNullable()
      .defaultTo(0)
      .comment('0 where nothing is done');
    table.integer('position').notNullable();
    table.specificType('plan_id', key).nullable();
    table
      .specificType('outcome', key)
      .nullable()
      .comment('nothing or impossible, where there is no plan for it');
    table
      .specificType('requested_by', key)
      .notNullable()
      .comment('Who had it planned');
    table
      .specificType('released_hash', key)
      .nullable()
      .comment('Of the plan that was looked at: only that is applied');
    table.text('reason').nullable().comment('JSON: what it waits for');
    table.text('note').nullable().comment('JSON: a cycle that was broken');
    table
      .text('libraries')
      .notNullable()
      .comment('JSON: what it uses of others in the campaign');
    table.primary(['campaign_id', 'repository_id']);
    table.index(['campaign_id', 'position']);
    table.index(['repository_id']);
    table.index(['plan_id']);
  });

  await knex.schema.createTable('campaign_approvals', table => {
    table.comment('Who approved which plans of a campaign, by their hash');
    table
      .specificType('campaign_id', key)
      .notNullable()
      .references('id')
      .inTable('campaigns')
      .onDelete('CASCADE');
    table.specificType('hash', key).notNullable();
    table.specificType('actor', key).notNullable();
    table.text('reason').nullable();
    table.specificType('at', key).notNullable();
    table.specificType('expires_at', key).notNullable();
    table.primary(['campaign_id', 'hash', 'actor']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of ['campaign_approvals', 'campaign_items', 'campaigns']) {
    await knex.schema.dropTable(table);
  }
};
