// @ts-check

const PLACE = ['repository_id', 'path', 'component_id'];

/**
 * Keeps what each scanner saw of a component in a file: two bills of materials
 * are both in no file, and one may not take from the other what it lists.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repository_components', table => {
    table.dropPrimary();
  });
  await knex.schema.alterTable('repository_components', table => {
    table.primary([...PLACE, 'scanner_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(
    `delete from repository_components as u where exists (
       select 1 from repository_components as o
       where o.repository_id = u.repository_id and o.path = u.path
         and o.component_id = u.component_id and o.scanner_id < u.scanner_id)`,
  );
  await knex.schema.alterTable('repository_components', table => {
    table.dropPrimary();
  });
  await knex.schema.alterTable('repository_components', table => {
    table.primary(PLACE);
  });
};
