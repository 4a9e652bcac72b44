// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * How repositories stand against standards.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  /** @param {import('knex').Knex.CreateTableBuilder} table */
  const ofRepository = table =>
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');

  await knex.schema.createTable('standard_states', table => {
    table.comment('When repositories were last held against all standards');
    ofRepository(table).primary();
    table.text('digest').notNullable().comment('Of all standards');
    table.specificType('commit', key);
    table.specificType('due_at', key).notNullable().comment('ISO 8601');
  });

  await knex.schema.createTable('standard_drifts', table => {
    table.comment('How repositories stand against each standard');
    ofRepository(table);
    table.specificType('standard_id', key).notNullable();
    table.text('version').notNullable();
    table
      .text('applied_version')
      .comment('That the repository followed last; null for never');
    table
      .specificType('state', key)
      .notNullable()
      .comment('follows, drifted, unknown');
    table.text('detail').notNullable().comment('JSON: reason, files, settings');
    table.specificType('since', key).notNullable();
    table.specificType('checked_at', key).notNullable();
    table.specificType('commit', key);
    table.primary(['repository_id', 'standard_id']);
    table.index(['standard_id', 'state', 'repository_id']);
  });

  await knex.schema.createTable('standard_bases', table => {
    table.comment('What a standard said when a repository followed it last');
    ofRepository(table);
    table.specificType('standard_id', key).notNullable();
    table.specificType('path', key).notNullable();
    table.text('content').notNullable();
    table.primary(['repository_id', 'standard_id', 'path']);
  });

  await knex.schema.createTable('standard_opt_outs', table => {
    table.comment('Repositories that need not follow a standard');
    ofRepository(table);
    table.specificType('standard_id', key).notNullable();
    table.text('reason').notNullable();
    table.text('actor').notNullable().comment('Entity ref');
    table.specificType('created_at', key).notNullable();
    table.specificType('expires_at', key).notNullable();
    table.primary(['repository_id', 'standard_id']);
    table.index(['expires_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('standard_opt_outs');
  await knex.schema.dropTable('standard_bases');
  await knex.schema.dropTable('standard_drifts');
  await knex.schema.dropTable('standard_states');
};
