// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * How controls stood day by day. What they stand on now is counted from
 * verdicts and results of policies.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  await knex.schema.createTable('compliance_days', table => {
    table.comment('Pairs of repository and control at the end of each day');
    table.specificType('framework_id', key).notNullable();
    table
      .specificType('owner', key)
      .notNullable()
      .comment('Entity ref; empty for nobody, * for all repositories');
    table.specificType('day', key).notNullable().comment('YYYY-MM-DD, UTC');
    table.integer('met').notNullable();
    table.integer('not_met').notNullable();
    table.integer('unknown').notNullable();
    table.integer('not_applicable').notNullable();
    table.integer('not_seen').notNullable();
    table.primary(['framework_id', 'owner', 'day']);
    table.index(['day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('compliance_days');
};
