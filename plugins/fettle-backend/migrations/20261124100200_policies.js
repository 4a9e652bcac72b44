// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * How repositories stand against policies, and how that changed. Times are ISO
 * 8601 in UTC.
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

  await knex.schema.createTable('policy_results', table => {
    table.comment('The newest result of each policy in each repository');
    repositoryId(table);
    table.specificType('policy_id', key).notNullable();
    table
      .specificType('status', key)
      .notNullable()
      .comment('kept, violated, error or unknown');
    table.text('message').notNullable();
    table
      .text('detail')
      .notNullable()
      .comment('JSON: reason, caveats, and what it rests on');
    table
      .specificType('since', key)
      .notNullable()
      .comment('When the status became what it is');
    table
      .specificType('notified_at', key)
      .nullable()
      .comment('When the owner was told of this violation');
    table.primary(['repository_id', 'policy_id']);
    table.index(['policy_id', 'status', 'repository_id']);
  });

  await knex.schema.createTable('policy_events', table => {
    table.comment('Each change of a status');
    table.increments('id');
    repositoryId(table);
    table.specificType('policy_id', key).notNullable();
    table.specificType('at', key).notNullable();
    table.specificType('from', key).nullable().comment('Null: new');
    table.specificType('to', key).nullable().comment('Null: not judged now');
    table.text('message').notNullable();
    table.specificType('commit', key).nullable();
    table.index(['repository_id', 'id']);
    table.index(['at']);
  });

  await knex.schema.createTable('policy_states', table => {
    table.comment('When the policies of each repository were evaluated');
    repositoryId(table);
    table
      .specificType('digest', key)
      .notNullable()
      .comment('Of the policies and of what the portal scans with');
    table
      .bigInteger('seen_revision')
      .notNullable()
      .comment('What was committed up to here was taken into account');
    table.specificType('evaluated_at', key).notNullable();
    table
      .specificType('due_at', key)
      .notNullable()
      .comment('When time alone may change a result');
    table.specificType('commit', key).nullable();
    table
      .bigInteger('revision')
      .notNullable()
      .comment('The last at which readers saw a difference');
    table.primary(['repository_id']);
    table.index(['revision']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_states');
  await knex.schema.dropTable('policy_events');
  await knex.schema.dropTable('policy_results');
};
