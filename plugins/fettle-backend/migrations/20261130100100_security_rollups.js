// @ts-check

/**
 * Indexes that hold all that lists and overviews of a fleet ask of findings: a
 * row may be several kilobytes, and only those that are shown are read.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('findings', table => {
    table.dropIndex(['state', 'priority', 'id']);
    table.dropIndex(['state', 'due_at']);
    table.index(
      ['state', 'priority', 'id', 'kind', 'severity', 'repository_id'],
      'findings_listed',
    );
    table.index(
      ['state', 'kind', 'rule', 'repository_id', 'id'],
      'findings_ruled',
    );
    table.index(['state', 'due_at', 'repository_id'], 'findings_due');
    table.index(
      ['state', 'fixed_at', 'first_seen_at', 'repository_id'],
      'findings_fixed',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('findings', table => {
    table.dropIndex([], 'findings_listed');
    table.dropIndex([], 'findings_ruled');
    table.dropIndex([], 'findings_due');
    table.dropIndex([], 'findings_fixed');
    table.index(['state', 'priority', 'id']);
    table.index(['state', 'due_at']);
  });
};
