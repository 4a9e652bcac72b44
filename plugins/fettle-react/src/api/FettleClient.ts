import { parseEntityRef } from '@backstage/catalog-model';
import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  acceptedSchema,
  activitySchema,
  changesSchema,
  checksSchema,
  entityHealthSchema,
  fleetSchema,
  historySchema,
  repositoryHealthSchema,
  repositoryPageSchema,
  type RepositoryQuery,
} from 'backstage-plugin-fettle-common';
import type { FettleApi, FettleRequestOptions } from './FettleApi';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';

/** What the client needs of a schema. */
interface Schema<T> {
  safeParse(value: unknown):
    | { success: true; data: T }
    | {
        success: false;
        error: { issues: { path: PropertyKey[]; message: string }[] };
      };
}

/** Parameters of a query; a list repeats its key, `undefined` is left out. */
type Parameters = Record<
  string,
  string | number | readonly string[] | undefined
>;

interface Request<T> {
  method?: 'GET' | 'POST';
  path: string;
  query?: Parameters;
  schema: Schema<T>;
  options?: FettleRequestOptions;
}

function queryString(query: Parameters): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      parameters.append(key, String(one));
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

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

  getChanges(
    query: { since: number; repository?: string },
    options?: FettleRequestOptions,
  ) {
    const path = '/changes';
    return this.#send({ path, query, schema: changesSchema, options });
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

  async #send<T>(request: Request<T>): Promise<T> {
    const { method = 'GET', path, query = {}, schema, options } = request;
    const baseUrl = await this.#discoveryApi.getBaseUrl('fettle');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${queryString(query)}`,
      { method, signal: options?.signal },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);

    const route = `${method} /api/fettle${path}`;
    let body: unknown;
    try {
      body = await response.json();
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      throw new UnexpectedAnswerError(`${route} did not answer in JSON`, error);
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const { path: place, message } = parsed.error.issues[0];
    throw new UnexpectedAnswerError(
      `${route} answered in an unexpected form at '${place.join(
        '.',
      )}': ${message}. Portal and backend may run different versions of Fettle`,
    );
  }
}
