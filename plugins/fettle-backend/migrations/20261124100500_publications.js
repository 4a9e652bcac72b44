// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * What repositories publish. A row outlives its repository: that its package
 * is gone has to be told. Times are ISO 8601 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  await knex.schema.createTable('publications', table => {
    table.comment('Packages that files of repositories say they publish');
    table.specificType('repository_id', key).notNullable();
    table.specificType('scanner_id', key).notNullable();
    table.specificType('path', key).notNullable();
    table.specificType('ecosystem', key).notNullable();
    table.specificType('name', key).notNullable();
    table
      .integer('gone')
      .notNullable()
      .comment('1 once it is not said any more');
    table
      .bigInteger('edition')
      .notNullable()
      .comment('Grows with every change of this table');
    table.specificType('changed_at', key).notNullable();
    table.primary(['repository_id', 'scanner_id', 'path', 'ecosystem', 'name']);
    table.index(['edition']);
  });
  await knex('store_locks').insert({ name: 'publications' });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex('store_locks').where({ name: 'publications' }).delete();
  await knex.schema.dropTable('publications');
};
