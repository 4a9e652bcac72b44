import type { Knex } from 'knex';
import type { PipelineStore } from './PipelineStore';
import { usualMs } from './usualMs';

/** Overviews and numbers from the plugin's database. */
export class DatabasePipelineStore implements PipelineStore {
  constructor(private readonly knex: Knex) {}

  usualMs(repositoryId: string, pipelineIds: readonly string[]) {
    return usualMs(this.knex, repositoryId, pipelineIds);
  }

  async prune(olderThan: Date) {
    await this.knex('pipeline_days')
      .where('day', '<', olderThan.toISOString().slice(0, 10))
      .delete();
  }
}
