// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * What hosts and CIs sent, kept before it is answered. Times are ISO 8601 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);

  await knex.schema.createTable('deliveries', table => {
    table.comment('Every delivery as it came in, and what became of it');
    table.bigIncrements('seq').comment('The order in which they came');
    table.specificType('source_id', key).notNullable();
    table
      .specificType('delivery_id', key)
      .notNullable()
      .comment('The unique id that its sender gave it');
    table.specificType('event', key).notNullable();
    table.text('authority').notNullable().comment('For whom its secret speaks');
    table.text('headers').notNullable().comment('JSON: those that are needed');
    table.text('body').notNullable();
    table.integer('bytes').notNullable();
    table.specificType('sent_at', key).nullable();
    table.specificType('received_at', key).notNullable();
    table
      .specificType('state', key)
      .notNullable()
      .comment('received, processed, ignored or failed');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('reason').nullable().comment('JSON: why it is not in force');
    table.specificType('repository_id', key).nullable();
    table
      .specificType('remote', key)
      .nullable()
      .comment('The repository that it is about, where this portal has none');
    table.specificType('processed_at', key).nullable();
    table
      .specificType('due_at', key)
      .nullable()
      .comment('When to try (again); null once nothing is to be done');
    table.unique(['source_id', 'delivery_id']);
    table.index(['due_at', 'seq']);
    table.index(['source_id', 'state', 'seq']);
    table.index(['state', 'seq']);
    table.index(['received_at']);
  });

  await knex.schema.createTable('repository_keys', table => {
    table.comment(
      'The ids that hosts give to repositories, which survive renaming',
    );
    table.specificType('source_id', key).notNullable();
    table.specificType('host_key', key).notNullable();
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.primary(['source_id', 'host_key']);
    table.index(['repository_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('repository_keys');
  await knex.schema.dropTable('deliveries');
};
