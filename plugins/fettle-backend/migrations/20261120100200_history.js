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
 * How repositories fared: each change, and one point a day.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);

  /** @param {import('knex').Knex.CreateTableBuilder} table */
  const target = table => {
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');
    table.specificType('subpath', key).notNullable();
  };

  await knex.schema.createTable('history_changes', table => {
    table.comment('Changes of score, state or a verdict, one row a folder');
    table.bigInteger('revision').notNullable();
    target(table);
    table.specificType('at', key).notNullable();
    table.specificType('commit', key).nullable();
    table.double('from_score').nullable();
    table.double('to_score').nullable();
    table.specificType('from_state', key).notNullable();
    table.specificType('to_state', key).notNullable();
    table
      .text('verdicts')
      .notNullable()
      .comment('JSON: the verdicts that changed');
    table.primary(['revision', 'repository_id', 'subpath']);
    table.index(['repository_id', 'subpath', 'revision']);
    table.index(['at']);
  });

  await knex.schema.createTable('history_days', table => {
    table.comment('The score of each day on which there was a reading');
    target(table);
    table.specificType('day', key).notNullable().comment('YYYY-MM-DD, UTC');
    table
      .specificType('at', key)
      .notNullable()
      .comment('Last reading of the day');
    table.double('score').nullable().comment('At the last reading of the day');
    table.double('min').nullable();
    table.double('max').nullable();
    table.primary(['repository_id', 'subpath', 'day']);
    // Holds all that lists ask for: the points of one repository lie side by
    // side in it, and scattered by day in the table.
    table.index(
      ['repository_id', 'subpath', 'day', 'at', 'score'],
      'history_days_points',
    );
    // For the fleet on one day, and for pruning.
    table.index(
      ['day', 'subpath', 'repository_id', 'at', 'score'],
      'history_days_fleet',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('history_days');
  await knex.schema.dropTable('history_changes');
};
