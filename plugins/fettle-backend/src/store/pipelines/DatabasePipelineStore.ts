import type { Knex } from 'knex';
import { pipelineReadings } from './pipelineReadings';
import type { PipelineStore } from './PipelineStore';
import { storable } from '../storable';
import { fleetPipelines } from './fleetPipelines';
import { repositoryPipelines } from './repositoryPipelines';
import { usualMs } from './usualMs';

/** Overviews and numbers from the plugin's database. */
export class DatabasePipelineStore implements PipelineStore {
  constructor(private readonly knex: Knex) {}

  repository(options: Parameters<PipelineStore['repository']>[0]) {
    const { repositoryId, subpath } = options;
    return repositoryPipelines(this.knex, {
      ...options,
      repositoryId: storable(repositoryId),
      subpath: storable(subpath),
    });
  }

  readings(repositoryId: string, now: Date) {
    return pipelineReadings(this.knex, repositoryId, now);
  }

  fleet(options: Parameters<PipelineStore['fleet']>[0]) {
    const { owner } = options;
    return fleetPipelines(this.knex, {
      ...options,
      owner: owner === undefined ? undefined : storable(owner),
    });
  }

  usualMs(repositoryId: string, pipelineIds: readonly string[]) {
    return usualMs(this.knex, repositoryId, pipelineIds);
  }

  async prune(olderThan: Date) {
    await this.knex('pipeline_days')
      .where('day', '<', olderThan.toISOString().slice(0, 10))
      .delete();
  }
}
