import type { FleetPipelines } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { pipelineReadings } from './pipelineReadings';
import type { PipelineStore } from './PipelineStore';
import { SharedAnswers } from '../query/SharedAnswers';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { fleetPipelines } from './fleetPipelines';
import { repositoryPipelines } from './repositoryPipelines';
import { usualMs } from './usualMs';

const REUSE_MS = 10_000;

/** Overviews and numbers from the plugin's database. */
export class DatabasePipelineStore implements PipelineStore {
  readonly #fleets = new SharedAnswers<FleetPipelines>({ reuseMs: REUSE_MS });

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

  async fleet(options: Parameters<PipelineStore['fleet']>[0]) {
    const { days, now, visibility } = options;
    const owner =
      options.owner === undefined ? undefined : storable(options.owner);
    const { value: revision } = await readRevisions(this.knex);
    return this.#fleets.get(
      { revision, now, visibility },
      { owner, days },
      () => fleetPipelines(this.knex, { days, now, visibility, owner }),
    );
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
