// @ts-check

/**
 * Who starts what is due has the schedule until then, so that a crash loses
 * nothing of it and no other does the same meanwhile.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
  await knex.schema.alterTable('playbook_schedules', table => {
    table.specificType('lease_until', key).nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('playbook_schedules', table => {
    table.dropColumn('lease_until');
  });
};
