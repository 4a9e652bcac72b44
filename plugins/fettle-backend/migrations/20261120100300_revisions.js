// @ts-check

/**
 * The revision, as one row that each write updates inside its transaction. A
 * sequence would not do: its numbers are handed out before the commits, which
 * may then come in another order.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('revisions', table => {
    table.comment('One row: how far the revision has counted');
    table.integer('id').notNullable().primary();
    table.bigInteger('value').notNullable().comment('The newest revision');
    table
      .bigInteger('structure')
      .notNullable()
      .comment('The last one after which rows alone do not tell what changed');
  });
  await knex('revisions').insert({ id: 1, value: 0, structure: 0 });

  await knex.schema.createTable('store_locks', table => {
    table.comment('Rows to lock, for writers that must take turns');
    table.text('name').notNullable().primary();
  });
  await knex('store_locks').insert({ name: 'discovery' });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('store_locks');
  await knex.schema.dropTable('revisions');
};
