// @ts-check

/**
 * Identifiers and times are compared and sorted byte by byte, so that both
 * databases and JavaScript agree on the order. Times are ISO 8601 in UTC.
 *
 * @param {import('knex').Knex} knex
 */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * What discovery found: repositories, and the entities that claim them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);

  await knex.schema.createTable('repositories', table => {
    table.comment('Every repository that discovery knows, as last read');
    table.specificType('id', key).notNullable().primary();
    table.text('source_id').notNullable().comment('The source that reads it');
    table.specificType('remote', key).notNullable().comment('Canonical remote');
    table.text('name').notNullable().comment('For people');
    table
      .specificType('name_key', key)
      .notNullable()
      .comment('The name in lower case, for search and order');
    table.text('host').notNullable();
    table.text('web_url').nullable();

    table
      .specificType('state', key)
      .notNullable()
      .comment('pending, ready, empty or failing; stale is derived on reading');
    table
      .text('reason')
      .nullable()
      .comment('JSON: why the state is what it is');
    table.text('default_branch').nullable();
    table.specificType('head_commit', key).nullable();
    table.specificType('head_committed_at', key).nullable();
    table.text('head_subject').nullable();

    table
      .specificType('started_at', key)
      .nullable()
      .comment('When the newest stored reading began');
    table
      .specificType('collected_at', key)
      .nullable()
      .comment('End of the last reading that succeeded');
    table
      .specificType('attempted_at', key)
      .nullable()
      .comment('Last reading, whatever came of it');
    table
      .integer('failures')
      .notNullable()
      .defaultTo(0)
      .comment('Readings that failed since the last that did not');
    table
      .specificType('due_at', key)
      .notNullable()
      .comment('When to read next');
    table
      .specificType('requested_at', key)
      .nullable()
      .comment(
        'Last request for a reading; one that began earlier does not answer it',
      );
    table
      .text('snapshot_digest')
      .nullable()
      .comment('Digest of the newest snapshot, to store only what differs');

    table
      .specificType('changed_at', key)
      .notNullable()
      .comment('When score, state or a verdict last changed');
    table
      .bigInteger('revision')
      .notNullable()
      .comment('The revision that last changed what a reader sees of it');

    table.unique(['remote']);
    table.index(['state']);
    table.index(['due_at']);
    table.index(['revision']);
    table.index(['name_key', 'id']);
    table.index(['changed_at', 'id']);
  });

  await knex.schema.createTable('entity_claims', table => {
    table.comment('The repository that each annotated catalog entity names');
    table.specificType('entity_ref', key).notNullable().primary();
    table
      .specificType('repository_id', key)
      .nullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE')
      .comment('Null where problem says why there is none');
    table.specificType('subpath', key).notNullable();
    table.specificType('owner', key).nullable().comment('Entity ref');
    table.specificType('system', key).nullable().comment('Entity ref');
    table
      .text('problem')
      .nullable()
      .comment('JSON: what is wrong with the claim');
    table.index(['repository_id']);
    table.index(['owner', 'repository_id']);
    table.index(['system', 'repository_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('entity_claims');
  await knex.schema.dropTable('repositories');
};
