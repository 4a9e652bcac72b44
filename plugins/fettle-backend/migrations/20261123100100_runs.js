// @ts-check

/** @param {import('knex').Knex} knex */
function keyType(knex) {
  return knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';
}

/**
 * Runs, jobs and deployments, as hosts reported them. Times are ISO 8601 in UTC
 * by the host's clock, but for seen_at and changed_at.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const key = keyType(knex);
  /** @param {import('knex').Knex.TableBuilder} table */
  const repository = table =>
    table
      .specificType('repository_id', key)
      .notNullable()
      .references('id')
      .inTable('repositories')
      .onDelete('CASCADE');

  await knex.schema.createTable('runs', table => {
    table.comment('One row for each attempt at a run');
    table.specificType('id', key).notNullable().primary();
    repository(table);
    table.specificType('source_id', key).notNullable();
    table
      .specificType('run_id', key)
      .notNullable()
      .comment('The id that the host gave it');
    table.integer('attempt').notNullable();
    table.specificType('pipeline_id', key).notNullable();
    table.text('pipeline_name').notNullable();
    table.text('number').nullable();
    table.text('title').nullable();
    table.specificType('state', key).notNullable();
    table.text('host_state').nullable();
    table
      .specificType('at', key)
      .nullable()
      .comment('Of the newest report of its state');
    table.specificType('branch', key).nullable();
    table
      .integer('default_branch')
      .notNullable()
      .comment('1: the branch was the default branch of the repository');
    table.specificType('commit', key).nullable();
    table.specificType('before_commit', key).nullable();
    table.text('commit_subject').nullable();
    table.specificType('committed_at', key).nullable();
    table.text('actor').nullable();
    table.specificType('event', key).nullable();
    table.specificType('queued_at', key).nullable();
    table.specificType('started_at', key).nullable();
    table.specificType('finished_at', key).nullable();
    table
      .integer('queue_ms')
      .nullable()
      .comment('Queued to started, never negative');
    table
      .integer('duration_ms')
      .nullable()
      .comment('Started to finished, never negative');
    table.text('web_url').nullable();
    table.text('jobs').notNullable().comment('JSON: briefs of at most 8 jobs');
    table.integer('job_count').notNullable();
    table
      .text('subpaths')
      .nullable()
      .comment('JSON: folders of entities that it touched; null: not known');
    table
      .specificType('requested', key)
      .nullable()
      .comment('rerun or cancel, until the host reports');
    table.specificType('seen_at', key).notNullable();
    table.specificType('changed_at', key).notNullable();
    table
      .specificType('sort_at', key)
      .notNullable()
      .comment('Queued, started or seen: its place in lists');
    table
      .specificType('doubt_at', key)
      .nullable()
      .comment(
        'When to ask the host about it, if nothing is heard; null once finished',
      );
    table.bigInteger('revision').notNullable();
    table.unique(['repository_id', 'source_id', 'run_id', 'attempt']);
    table.index(['repository_id', 'sort_at', 'id']);
    table.index(['repository_id', 'pipeline_id', 'default_branch', 'sort_at']);
    table.index(['repository_id', 'revision']);
    table.index(['revision']);
    // These two hold all that the overview of a fleet asks of runs: it then
    // reads no row, of which each may be a kilobyte.
    table.index(
      [
        ...['finished_at', 'state', 'repository_id', 'pipeline_id'],
        ...['default_branch', 'commit', 'duration_ms', 'queue_ms'],
      ],
      'runs_finished',
    );
    table.index(
      ['default_branch', 'state', 'repository_id', 'pipeline_id', 'sort_at'],
      'runs_standing',
    );
    table.index(['state', 'sort_at']);
    table.index(['doubt_at']);
  });

  await knex.schema.createTable('run_jobs', table => {
    table.comment('The jobs of runs');
    table
      .specificType('run', key)
      .notNullable()
      .references('id')
      .inTable('runs')
      .onDelete('CASCADE')
      .comment('runs.id');
    table
      .specificType('job_id', key)
      .notNullable()
      .comment('The id that the host gave it');
    table.integer('position').notNullable();
    table.text('name').notNullable();
    table.specificType('state', key).notNullable();
    table.text('host_state').nullable();
    table.specificType('at', key).nullable();
    table.specificType('queued_at', key).nullable();
    table.specificType('started_at', key).nullable();
    table.specificType('finished_at', key).nullable();
    table.text('runner').nullable();
    table.text('web_url').nullable();
    table.integer('has_log').notNullable();
    table.text('steps').notNullable().comment('JSON');
    table.primary(['run', 'job_id']);
    table.index(['run', 'position']);
  });

  await knex.schema.createTable('deployments', table => {
    table.comment('What was put into service, as hosts reported it');
    repository(table);
    table.specificType('source_id', key).notNullable();
    table.specificType('deployment_id', key).notNullable();
    table.specificType('environment', key).notNullable();
    table.integer('production').notNullable();
    table.specificType('state', key).notNullable();
    table.specificType('at', key).nullable();
    table.specificType('commit', key).nullable();
    table.specificType('committed_at', key).nullable();
    table.specificType('created_at', key).notNullable();
    table.specificType('finished_at', key).nullable();
    table.text('web_url').nullable();
    table.bigInteger('revision').notNullable();
    table.primary(['repository_id', 'source_id', 'deployment_id']);
    table.index(['repository_id', 'production', 'finished_at']);
    table.index(['finished_at']);
    table.index(['revision']);
  });

  await knex.schema.createTable('pipeline_days', table => {
    table.comment('Runs of one pipeline that finished on one day (UTC)');
    repository(table);
    table.specificType('pipeline_id', key).notNullable();
    table.specificType('day', key).notNullable();
    table.integer('runs').notNullable();
    table.integer('succeeded').notNullable();
    table.integer('failed').notNullable();
    table.integer('duration_p50').nullable().comment('ms');
    table.integer('duration_p95').nullable().comment('ms');
    table.integer('queue_p50').nullable().comment('ms');
    table.primary(['repository_id', 'pipeline_id', 'day']);
    table.index(['day']);
  });

  await knex.schema.createTable('pipeline_syncs', table => {
    table.comment('What was asked of hosts about the runs of a repository');
    repository(table);
    table.specificType('source_id', key).notNullable();
    table.specificType('host', key).notNullable();
    table
      .specificType('due_at', key)
      .notNullable()
      .comment('When to ask next; the oldest is asked first');
    table
      .specificType('synced_at', key)
      .nullable()
      .comment('Everything up to here was asked for');
    table.specificType('heard_at', key).nullable().comment('Last delivery');
    table.specificType('attempted_at', key).nullable();
    table.integer('failures').notNullable().defaultTo(0);
    table.text('reason').nullable().comment('JSON: why it could not be asked');
    table.primary(['repository_id', 'source_id']);
    table.index(['due_at']);
    table.index(['source_id', 'synced_at']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'pipeline_syncs',
    'pipeline_days',
    'deployments',
    'run_jobs',
    'runs',
  ]) {
    await knex.schema.dropTable(table);
  }
};
