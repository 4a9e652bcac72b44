import { createApiRef } from '@backstage/core-plugin-api';
import type {
  Accepted,
  Activity,
  Changes,
  CheckDescription,
  EntityHealth,
  Fleet,
  History,
  RepositoryHealth,
  RepositoryPage,
  RepositoryQuery,
} from 'backstage-plugin-fettle-common';

/**
 * What every request takes.
 *
 * @public
 */
export interface FettleRequestOptions {
  /** Aborts the request; the promise then rejects with an `AbortError`. */
  signal?: AbortSignal;
}

/**
 * The API of the Fettle backend, under the permissions of the signed-in user.
 *
 * Every method rejects with a `ResponseError` when the backend refuses or
 * fails, with an {@link UnexpectedAnswerError} when it answers in a form that
 * does not fit the schema, and with the error of `fetch` when it cannot be
 * reached.
 *
 * @public
 */
export interface FettleApi {
  /** One page of repositories: `GET /repositories`. */
  listRepositories(
    query: Partial<RepositoryQuery>,
    options?: FettleRequestOptions,
  ): Promise<RepositoryPage>;

  /** One repository, judged in one folder: `GET /repositories/:id`. */
  getRepository(
    id: string,
    target?: { subpath?: string },
    options?: FettleRequestOptions,
  ): Promise<RepositoryHealth>;

  /** Scores by day and changes of the last `days`: `GET /repositories/:id/history`. */
  getHistory(
    id: string,
    target?: { subpath?: string; days?: number },
    options?: FettleRequestOptions,
  ): Promise<History>;

  /** What changed lately in the fleet, newest first: `GET /activity`. */
  getActivity(
    query?: { limit?: number },
    options?: FettleRequestOptions,
  ): Promise<Activity>;

  /** What changed since a revision: `GET /changes`. */
  getChanges(
    query: { since: number; repository?: string },
    options?: FettleRequestOptions,
  ): Promise<Changes>;

  /** The fleet in numbers: `GET /fleet`. */
  getFleet(options?: FettleRequestOptions): Promise<Fleet>;

  /** The repository of a catalog entity, or why it has none: `GET /entities/:kind/:namespace/:name`. */
  getEntity(
    entityRef: string,
    options?: FettleRequestOptions,
  ): Promise<EntityHealth>;

  /** Every check in force: `GET /checks`. */
  getChecks(
    options?: FettleRequestOptions,
  ): Promise<{ items: CheckDescription[] }>;

  /** Asks for a new reading of a repository: `POST /repositories/:id/refresh`. */
  refresh(id: string, options?: FettleRequestOptions): Promise<Accepted>;
}

/**
 * The ref of {@link FettleApi}.
 *
 * @public
 */
export const fettleApiRef = createApiRef<FettleApi>({
  id: 'plugin.fettle.client',
});
