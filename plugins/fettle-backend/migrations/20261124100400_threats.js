// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * What detectors of threats compare repositories with.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  await knex.schema.createTable('threat_memories', table => {
    table.comment('What detectors of threats remember of repositories');
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.specificType('detector_id', key).notNullable();
    table.text('memory').notNullable().comment('JSON');
    table.primary(['repository_id', 'detector_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('threat_memories');
};
