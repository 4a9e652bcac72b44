import { NotFoundError } from '@backstage/errors';
import {
  changesSchema,
  deliveryPageSchema,
  fleetPipelinesSchema,
  repositoryPipelinesSchema,
  runDetailsSchema,
  runPageSchema,
  sourcesSchema,
  type DeliveryQuery,
  type DeliverySummary,
  type EntityHealth,
  type FeedStatus,
  type FleetPipelines,
  type Job,
  type RepositoryPipelines,
  type Run,
  type RunQuery,
  type SourceStatus,
} from 'backstage-plugin-fettle-common';
import type { ChangesQuery, FettleApi } from 'backstage-plugin-fettle-react';
import { repositoryPipelines } from './fixtures';

/**
 * A backend in memory. What it answers is checked by the shared schemas;
 * `failWith` makes every request fail, `asked` tells what was asked.
 */
export class FakeFettleApi implements FettleApi {
  /** Newest first. */
  runs: Run[] = [];
  /** By the id of their run. */
  jobs: Record<string, Job[]> = {};
  /** By the id of their job. */
  logs: Record<string, { text: string; truncated?: boolean } | Error> = {};
  pipelines: RepositoryPipelines = repositoryPipelines();
  fleetPipelines?: Omit<FleetPipelines, 'revision'>;
  sources: SourceStatus[] = [];
  feeds: FeedStatus[] = [];
  deliveries: DeliverySummary[] = [];
  entity: Partial<EntityHealth> = { repositoryId: 'r1' };
  revision = 7;
  failWith?: Error;
  /** What a rerun, a cancel or a retry of a delivery is refused with. */
  refuseWith?: Error;
  asked: string[] = [];

  listRuns(id: string, query: Partial<RunQuery> = {}) {
    const { since, limit = 50, cursor, ...filters } = query;
    return this.#answer(
      `runs ${id} ${JSON.stringify({ since, ...filters })}`,
      () => {
        const matching = this.runs.filter(
          run =>
            (!filters.branch || filters.branch.includes(run.branch ?? '')) &&
            (!filters.pipeline || filters.pipeline.includes(run.pipeline.id)) &&
            (!filters.state || filters.state.includes(run.state)) &&
            (!filters.event || filters.event.includes(run.event ?? '')) &&
            run.revision > (since ?? 0),
        );
        const from = Number(cursor ?? 0);
        const more = since === undefined && from + limit < matching.length;
        return runPageSchema.parse({
          items: matching.slice(from, from + limit),
          nextCursor: more ? String(from + limit) : null,
          revision: this.revision,
          reset: false,
        });
      },
    );
  }

  getRun(id: string, page: { offset?: number; limit?: number } = {}) {
    const { offset = 0, limit = 200 } = page;
    return this.#answer(`run ${id} ${offset}`, () => {
      const run = this.runs.find(one => one.id === id);
      if (!run) throw new NotFoundError(`No run ${id}`);
      const jobs = this.jobs[id] ?? [];
      return runDetailsSchema.parse({
        run: { ...run, jobCount: jobs.length },
        jobs: jobs.slice(offset, offset + limit),
        attempts: this.runs
          .filter(one => one.runId === run.runId)
          .map(one => ({ id: one.id, attempt: one.attempt, state: one.state }))
          .sort((a, b) => a.attempt - b.attempt),
        revision: this.revision,
      });
    });
  }

  getLog(id: string, jobId: string) {
    return this.#answer(`log ${id} ${jobId}`, () => {
      const log = this.logs[jobId] ?? new NotFoundError('No log');
      if (log instanceof Error) throw log;
      return { truncated: false, webUrl: null, ...log };
    });
  }

  rerunRun(id: string, what: { failedOnly?: boolean } = {}) {
    return this.#act(`rerun ${id}${what.failedOnly ? ' failed' : ''}`, {
      runId: id,
    });
  }

  cancelRun(id: string) {
    return this.#act(`cancel ${id}`, { runId: id });
  }

  getPipelines(id: string, query: { subpath?: string; days?: number } = {}) {
    return this.#answer(`pipelines ${id} ${query.subpath ?? ''}`, () =>
      repositoryPipelinesSchema.parse({
        ...this.pipelines,
        revision: this.revision,
      }),
    );
  }

  getFleetPipelines(query: { days?: number; owner?: string } = {}) {
    return this.#answer(`fleet pipelines ${JSON.stringify(query)}`, () =>
      fleetPipelinesSchema.parse({
        ...this.fleetPipelines,
        revision: this.revision,
      }),
    );
  }

  getSources() {
    return this.#answer('sources', () =>
      sourcesSchema.parse({
        ...{ items: this.sources, feeds: this.feeds },
        revision: this.revision,
      }),
    );
  }

  listDeliveries(query: Partial<DeliveryQuery> = {}) {
    const { source, state, limit = 50, cursor } = query;
    return this.#answer(`deliveries ${JSON.stringify(query)}`, () => {
      const matching = this.deliveries.filter(
        one =>
          (!source || one.source === source) && (!state || one.state === state),
      );
      const from = Number(cursor ?? 0);
      const more = from + limit < matching.length;
      return deliveryPageSchema.parse({
        items: matching.slice(from, from + limit),
        nextCursor: more ? String(from + limit) : null,
      });
    });
  }

  retryDelivery(id: string) {
    return this.#act(`retry ${id}`, { deliveryId: id });
  }

  getChanges({ since, of = 'repositories' }: ChangesQuery) {
    return this.#answer(`changes of ${of}`, () =>
      changesSchema.parse({
        revision: this.revision,
        items: [],
        reset: false,
        changed: of !== 'repositories' && this.revision > since,
      }),
    );
  }

  getEntity(entityRef: string) {
    return this.#answer('entity', () => ({
      entityRef,
      repositoryId: null,
      subpath: '',
      problem: null,
      ...this.entity,
    }));
  }

  listRepositories = () => this.#nothing();
  getRepository = () => this.#nothing();
  getHistory = () => this.#nothing();
  getActivity = () => this.#nothing();
  getFleet = () => this.#nothing();
  getChecks = () => this.#nothing();
  refresh = () => this.#nothing();

  /** Replaces a run or adds a new one, as a committed transaction would. */
  tell(run: Run) {
    this.revision += 1;
    const told = { ...run, revision: this.revision };
    const known = this.runs.some(one => one.id === run.id);
    this.runs = known
      ? this.runs.map(one => (one.id === run.id ? told : one))
      : [told, ...this.runs];
  }

  async #answer<T>(what: string, read: () => T): Promise<T> {
    this.asked.push(what);
    if (this.failWith) throw this.failWith;
    return read();
  }

  async #act<T>(what: string, accepted: T) {
    this.asked.push(what);
    if (this.refuseWith) throw this.refuseWith;
    return { accepted: true as const, ...accepted };
  }

  async #nothing(): Promise<never> {
    throw new NotFoundError('These pages do not ask for it');
  }
}
