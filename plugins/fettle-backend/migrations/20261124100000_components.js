// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * What repositories are made of, and what scanners did with them. Times are
 * ISO 8601 in UTC.
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

  await knex.schema.createTable('packages', table => {
    table.comment('Every package that a repository ever named');
    table.increments('id');
    table.specificType('ecosystem', key).notNullable();
    table.specificType('name', key).notNullable();
    table.specificType('name_key', key).notNullable().comment('In lower case');
    table.unique(['ecosystem', 'name']);
    table.index(['name_key', 'id']);
  });

  await knex.schema.createTable('components', table => {
    table.comment('Packages at a version');
    table.increments('id');
    table.integer('package_id').notNullable().references('packages.id');
    table
      .specificType('version', key)
      .notNullable()
      .comment('Empty where only a requirement is known');
    table.text('purl').notNullable();
    table.text('licence').nullable();
    table.unique(['package_id', 'version']);
  });

  await knex.schema.createTable('repository_components', table => {
    table.comment('The components that files of a repository name at its head');
    repositoryId(table);
    table.specificType('path', key).notNullable();
    table.integer('component_id').notNullable().references('components.id');
    table.specificType('scanner_id', key).notNullable();
    table.integer('line').nullable();
    table.integer('direct').nullable().comment('1, 0, or null: not known');
    table.specificType('scope', key).notNullable();
    table.text('requirement').nullable();
    table.text('chain').nullable().comment('JSON');
    table.primary(['repository_id', 'path', 'component_id']);
    table.index(['component_id', 'repository_id']);
  });

  await knex.schema.createTable('scans', table => {
    table.comment('The last scan of each repository by each scanner');
    repositoryId(table);
    table.specificType('scanner_id', key).notNullable();
    table
      .specificType('digest', key)
      .notNullable()
      .comment('Of version and options of the scanner');
    table
      .specificType('commit', key)
      .nullable()
      .comment('Scanned last with success');
    table
      .specificType('state', key)
      .notNullable()
      .comment('ok, partial or failed');
    table.text('reason').nullable().comment('JSON');
    table.text('problems').notNullable().comment('JSON, at most 50');
    table.specificType('scanned_at', key).nullable();
    table.specificType('attempted_at', key).notNullable();
    table.integer('failures').notNullable();
    table.primary(['repository_id', 'scanner_id']);
  });

  await knex.schema.createTable('matcher_cursors', table => {
    table.comment('How far what each matcher learned was brought into force');
    table.specificType('matcher_id', key).notNullable().primary();
    table.text('cursor').notNullable();
  });

  await knex.schema.createTable('portal_keys', table => {
    table.comment('Secrets of this portal, made at its first start');
    table.specificType('name', key).notNullable().primary();
    table.text('value').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('portal_keys');
  await knex.schema.dropTable('matcher_cursors');
  await knex.schema.dropTable('scans');
  await knex.schema.dropTable('repository_components');
  await knex.schema.dropTable('components');
  await knex.schema.dropTable('packages');
};
