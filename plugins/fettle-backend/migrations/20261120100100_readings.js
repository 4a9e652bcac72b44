// @ts-check

/**
 * Byte order, see the migration of repositories.
 *
 * @param {import('knex').Knex} knex
 */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * What readings gave: snapshots, facts, verdicts with their evidence, and one
 * rollup for each folder that was judged.
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

  await knex.schema.createTable('snapshots', table => {
    table.comment('Snapshots that differ from the one before');
    repositoryId(table);
    table.specificType('taken_at', key).notNullable();
    table.specificType('commit', key).nullable();
    table.text('data').notNullable().comment('JSON');
    table.primary(['repository_id', 'taken_at']);
    table.index(['taken_at']);
  });

  await knex.schema.createTable('facts', table => {
    table.comment('The newest value of each fact, or why there is none');
    repositoryId(table);
    table.specificType('subpath', key).notNullable();
    table.specificType('fact_id', key).notNullable();
    table.integer('version').notNullable().comment('Of the collector');
    table.specificType('commit', key).nullable();
    table.specificType('collected_at', key).notNullable();
    table.text('value').nullable().comment('JSON; null where there is none');
    table.text('problem').nullable().comment('JSON');
    table.primary(['repository_id', 'subpath', 'fact_id']);
  });

  await knex.schema.createTable('verdicts', table => {
    table.comment('The newest verdict of each check on each folder');
    repositoryId(table);
    table.specificType('subpath', key).notNullable();
    table.specificType('check_id', key).notNullable();
    table.text('title').notNullable().comment('Of the check');
    table.specificType('status', key).notNullable();
    table.text('message').notNullable();
    table.double('weight').notNullable();
    table.double('points').notNullable();
    table.double('worth').notNullable();
    table
      .specificType('since', key)
      .notNullable()
      .comment('When the status became what it is');
    table
      .text('evidence_digest')
      .nullable()
      .comment('Digest of the evidence, null where there is none');
    table.primary(['repository_id', 'subpath', 'check_id']);
    // For counts over the fleet: what passes is by far the most, and never asked for.
    table.index(['check_id', 'status', 'repository_id'], 'verdicts_defects', {
      predicate: knex.whereRaw(
        `"subpath" = '' and "status" in ('fail', 'warn', 'unknown')`,
      ),
    });
  });

  await knex.schema.createTable('verdict_evidence', table => {
    table.comment('Evidence, apart from what lists read');
    repositoryId(table);
    table.specificType('subpath', key).notNullable();
    table.specificType('check_id', key).notNullable();
    table.text('items').notNullable().comment('JSON, at most 50 items');
    table.integer('more').notNullable().comment('Items beyond the limit');
    table.primary(['repository_id', 'subpath', 'check_id']);
  });

  await knex.schema.createTable('rollups', table => {
    table.comment('What the verdicts on one folder come to');
    repositoryId(table);
    table.specificType('subpath', key).notNullable();
    table.double('score').nullable().comment('0 to 100; null is unknown');
    table.double('up_to').nullable();
    table.specificType('level', key).notNullable();
    table.integer('pass').notNullable();
    table.integer('warn').notNullable();
    table.integer('fail').notNullable();
    table.integer('unknown').notNullable();
    table.integer('not_applicable').notNullable();
    table.text('worst').nullable().comment('JSON: the verdict that costs most');
    table.specificType('evaluated_at', key).notNullable();
    table.specificType('commit', key).nullable().comment('That was judged');
    table.primary(['repository_id', 'subpath']);
    table.index(['subpath', 'score', 'repository_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollups');
  await knex.schema.dropTable('verdict_evidence');
  await knex.schema.dropTable('verdicts');
  await knex.schema.dropTable('facts');
  await knex.schema.dropTable('snapshots');
};
