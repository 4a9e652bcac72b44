import { parseEntityRef } from '@backstage/catalog-model';
import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  acceptedSchema,
  activitySchema,
  changesSchema,
  checksSchema,
  deliveryPageSchema,
  entityHealthSchema,
  fleetPipelinesSchema,
  fleetSchema,
  historySchema,
  logTailSchema,
  repositoryHealthSchema,
  repositoryPageSchema,
  repositoryPipelinesSchema,
  retryAcceptedSchema,
  runAcceptedSchema,
  runDetailsSchema,
  runPageSchema,
  sourcesSchema,
  type DeliveryQuery,
  type RepositoryQuery,
  type RunQuery,
} from 'backstage-plugin-fettle-common';
import type {
  ChangesQuery,
  FettleApi,
  FettleRequestOptions,
} from './FettleApi';
import { send, type Request } from './send';

/**
 * {@link FettleApi} over HTTP.
 *
 * @public
 */
export class FettleClient implements FettleApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  listRepositories(
    query: Partial<RepositoryQuery>,
    options?: FettleRequestOptions,
  ) {
    const path = '/repositories';
    return this.#send({ path, query, schema: repositoryPageSchema, options });
  }

  getRepository(
    id: string,
    target: { subpath?: string } = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: `/repositories/${encodeURIComponent(id)}`,
      query: { subpath: target.subpath || undefined },
      schema: repositoryHealthSchema,
      options,
    });
  }

  getHistory(
    id: string,
    target: { subpath?: string; days?: number } = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: `/repositories/${encodeURIComponent(id)}/history`,
      query: { subpath: target.subpath || undefined, days: target.days },
      schema: historySchema,
      options,
    });
  }

  getActivity(query: { limit?: number } = {}, options?: FettleRequestOptions) {
    const path = '/activity';
    return this.#send({ path, query, schema: activitySchema, options });
  }

  getChanges(query: ChangesQuery, options?: FettleRequestOptions) {
    const path = '/changes';
    return this.#send({
      path,
      query: { ...query },
      schema: changesSchema,
      options,
    });
  }

  getFleet(options?: FettleRequestOptions) {
    return this.#send({ path: '/fleet', schema: fleetSchema, options });
  }

  getEntity(entityRef: string, options?: FettleRequestOptions) {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind.toLocaleLowerCase('en-US'), namespace, name]
      .map(encodeURIComponent)
      .join('/');
    return this.#send({
      path: `/entities/${path}`,
      schema: entityHealthSchema,
      options,
    });
  }

  getChecks(options?: FettleRequestOptions) {
    return this.#send({ path: '/checks', schema: checksSchema, options });
  }

  refresh(id: string, options?: FettleRequestOptions) {
    return this.#send({
      method: 'POST',
      path: `/repositories/${encodeURIComponent(id)}/refresh`,
      schema: acceptedSchema,
      options,
    });
  }

  listRuns(
    repositoryId: string,
    query: Partial<RunQuery> = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: `/repositories/${encodeURIComponent(repositoryId)}/runs`,
      query: { ...query, subpath: query.subpath || undefined },
      schema: runPageSchema,
      options,
    });
  }

  getRun(
    id: string,
    jobs: { offset?: number; limit?: number } = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: `/runs/${encodeURIComponent(id)}`,
      query: jobs,
      schema: runDetailsSchema,
      options,
    });
  }

  getLog(id: string, jobId: string, options?: FettleRequestOptions) {
    const [run, job] = [id, jobId].map(encodeURIComponent);
    return this.#send({
      path: `/runs/${run}/jobs/${job}/log`,
      schema: logTailSchema,
      options,
    });
  }

  rerunRun(
    id: string,
    what: { failedOnly?: boolean } = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      method: 'POST',
      path: `/runs/${encodeURIComponent(id)}/rerun`,
      body: { failedOnly: what.failedOnly ?? false },
      schema: runAcceptedSchema,
      options,
    });
  }

  cancelRun(id: string, options?: FettleRequestOptions) {
    return this.#send({
      method: 'POST',
      path: `/runs/${encodeURIComponent(id)}/cancel`,
      schema: runAcceptedSchema,
      options,
    });
  }

  getPipelines(
    repositoryId: string,
    query: { subpath?: string; days?: number } = {},
    options?: FettleRequestOptions,
  ) {
    return this.#send({
      path: `/repositories/${encodeURIComponent(repositoryId)}/pipelines`,
      query: { subpath: query.subpath || undefined, days: query.days },
      schema: repositoryPipelinesSchema,
      options,
    });
  }

  getFleetPipelines(
    query: { days?: number; owner?: string } = {},
    options?: FettleRequestOptions,
  ) {
    const path = '/pipelines';
    return this.#send({ path, query, schema: fleetPipelinesSchema, options });
  }

  getSources(options?: FettleRequestOptions) {
    return this.#send({ path: '/sources', schema: sourcesSchema, options });
  }

  listDeliveries(
    query: Partial<DeliveryQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const path = '/sources/deliveries';
    return this.#send({ path, query, schema: deliveryPageSchema, options });
  }

  retryDelivery(id: string, options?: FettleRequestOptions) {
    return this.#send({
      method: 'POST',
      path: `/sources/deliveries/${encodeURIComponent(id)}/retry`,
      schema: retryAcceptedSchema,
      options,
    });
  }

  async #send<T>(request: Request<T>): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('fettle');
    return send(baseUrl, this.#fetchApi.fetch, request);
  }
}
