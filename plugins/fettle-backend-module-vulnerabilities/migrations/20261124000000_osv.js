// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * SQLite keeps rows in the order of such a key, without another index.
 *
 * @param {import('knex').Knex} knex
 */
function numberType(knex) {
  return knex.client.config.client === 'pg' ? 'bigint' : 'integer';
}

/**
 * Advisories, and what is known of the vulnerabilities that they name. Times
 * are ISO 8601 in UTC; keys are given out by `osv_state`.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  const number = numberType(knex);

  await knex.schema.createTable('osv_state', table => {
    table.comment('One row; who locks it writes alone');
    table.integer('id').primary();
    table
      .specificType('epoch', key)
      .notNullable()
      .comment('Tells cursors of this database from those of another');
    table.bigInteger('seq').notNullable().comment('Of the newest change');
    table.bigInteger('next_key').notNullable();
  });
  await knex('osv_state').insert({
    ...{ id: 1, seq: 0, next_key: 1 },
    epoch: require('node:crypto').randomBytes(6).toString('hex'),
  });

  await knex.schema.createTable('osv_feeds', table => {
    table.comment('What is imported, and how that went');
    table.specificType('id', key).primary();
    table.specificType('from', key).notNullable();
    table.specificType('state', key).notNullable();
    table.integer('records').notNullable().defaultTo(0);
    table.bigInteger('bytes').nullable();
    table.specificType('newest_at', key).nullable();
    table.specificType('checked_at', key).nullable();
    table.specificType('imported_at', key).nullable();
    table.text('reason').nullable().comment('JSON: why the last try failed');
    table.text('problems').nullable().comment('JSON: the first broken records');
    table.integer('broken').notNullable().defaultTo(0);
    table
      .text('seen')
      .nullable()
      .comment('JSON: by which it is told whether there is something new');
  });

  await knex.schema.createTable('osv_records', table => {
    table.comment('The advisories of each feed');
    table.specificType('key', number).primary();
    table.specificType('feed', key).notNullable();
    table.specificType('id', key).notNullable();
    table.specificType('origin', key).notNullable().comment('dump or single');
    table
      .specificType('stamp', key)
      .notNullable()
      .comment('Differs where the file does');
    table.specificType('modified', key).nullable();
    table.integer('readable').notNullable().comment('1 where one is in force');
    table.text('problem').nullable().comment('Why the newest was not taken');
    table.specificType('kind', key).nullable();
    table.specificType('severity', key).nullable();
    table.double('cvss').nullable();
    table.double('cvss_version').nullable();
    table.text('title').nullable();
    table.text('description').nullable();
    table.text('links').nullable().comment('JSON');
    table.text('names').nullable().comment('JSON: its id and its aliases');
    table.unique(['feed', 'id']);
  });

  await knex.schema.createTable('osv_affected', table => {
    table.comment('The packages that advisories in force are about');
    table.specificType('key', number).primary();
    table.bigInteger('record').notNullable().index();
    table.specificType('ecosystem', key).notNullable();
    table.specificType('name', key).notNullable();
    table.specificType('spelled', key).notNullable();
    table.text('ranges').notNullable().comment('JSON: intervals of versions');
    table.integer('versions').notNullable().comment('How many are listed');
    table.index(['ecosystem', 'name']);
  });

  // Versions that advisories list one by one: by far the most rows.
  await knex.raw(
    `create table osv_versions (
       affected ${number} not null,
       version ${key} not null,
       primary key (affected, version)
     )${number === 'integer' ? ' without rowid' : ''}`,
  );

  await knex.schema.createTable('osv_cves', table => {
    table.comment('The CVEs that records are about');
    table.specificType('cve', key).notNullable();
    table.bigInteger('record').notNullable().index();
    table.primary(['cve', 'record']);
  });

  await knex.schema.createTable('osv_changes', table => {
    table.comment('When something about a package changed last');
    table.specificType('ecosystem', key).notNullable();
    table.specificType('name', key).notNullable();
    table.bigInteger('seq').notNullable().index();
    table.primary(['ecosystem', 'name']);
  });

  await knex.schema.createTable('osv_scores', table => {
    table.comment('EPSS: the chance that a CVE is exploited within 30 days');
    table.specificType('cve', key).primary();
    table.double('score').notNullable();
  });

  await knex.schema.createTable('osv_exploited', table => {
    table.comment('KEV: the CVEs that are known to be exploited');
    table.specificType('cve', key).primary();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const name of [
    'osv_exploited',
    'osv_scores',
    'osv_changes',
    'osv_cves',
    'osv_versions',
    'osv_affected',
    'osv_records',
    'osv_feeds',
    'osv_state',
  ]) {
    await knex.schema.dropTable(name);
  }
};
