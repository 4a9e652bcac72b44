// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * The newest version of each package, as its registry tells it. Times are
 * ISO 8601 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  await knex.schema.createTable('package_releases', table => {
    table.comment('What registries told of packages, and when they are asked');
    table
      .integer('package_id')
      .notNullable()
      .primary()
      .references('id')
      .inTable('packages')
      .onDelete('CASCADE');
    table
      .integer('direct')
      .notNullable()
      .comment('1 where a repository asks for it by itself: asked about first');
    table.text('newest').nullable().comment('Null where there is none');
    table.specificType('published_at', key).nullable();
    table
      .specificType('checked_at', key)
      .nullable()
      .comment('When the registry answered last');
    table.text('problem').nullable().comment('JSON: why it did not, since');
    table.specificType('due_at', key).notNullable();
    table.index(['direct', 'due_at', 'package_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('package_releases');
};
