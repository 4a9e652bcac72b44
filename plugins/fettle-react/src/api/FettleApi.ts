import { createApiRef } from '@backstage/core-plugin-api';
import type {
  Accepted,
  Activity,
  Changes,
  CheckDescription,
  DeliveryPage,
  DeliveryQuery,
  EntityHealth,
  Fleet,
  FleetPipelines,
  History,
  LogTail,
  RepositoryHealth,
  RepositoryPage,
  RepositoryPipelines,
  RepositoryQuery,
  RetryAccepted,
  RunAccepted,
  RunDetails,
  RunPage,
  RunQuery,
  Sources,
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
 * What is asked about with `GET /changes`.
 *
 * @public
 */
export interface ChangesQuery {
  since: number;
  /** Only of this repository. */
  repository?: string;
  /** Changes of what; of repositories if absent. */
  of?: 'repositories' | 'runs' | 'findings' | 'sources' | 'automation';
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
    query: ChangesQuery,
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

  /** One page of a repository's runs, newest first: `GET /repositories/:id/runs`. */
  listRuns(
    repositoryId: string,
    query?: Partial<RunQuery>,
    options?: FettleRequestOptions,
  ): Promise<RunPage>;

  /** A run with a page of its jobs and their steps: `GET /runs/:id`. */
  getRun(
    id: string,
    jobs?: { offset?: number; limit?: number },
    options?: FettleRequestOptions,
  ): Promise<RunDetails>;

  /** The end of a job's log: `GET /runs/:id/jobs/:jobId/log`. */
  getLog(
    id: string,
    jobId: string,
    options?: FettleRequestOptions,
  ): Promise<LogTail>;

  /** Asks the host to run it again, all or what failed: `POST /runs/:id/rerun`. */
  rerunRun(
    id: string,
    what?: { failedOnly?: boolean },
    options?: FettleRequestOptions,
  ): Promise<RunAccepted>;

  /** Asks the host to cancel a run: `POST /runs/:id/cancel`. */
  cancelRun(id: string, options?: FettleRequestOptions): Promise<RunAccepted>;

  /** A repository's pipelines with their metrics: `GET /repositories/:id/pipelines`. */
  getPipelines(
    repositoryId: string,
    query?: { subpath?: string; days?: number },
    options?: FettleRequestOptions,
  ): Promise<RepositoryPipelines>;

  /** The pipelines of the fleet: `GET /pipelines`. */
  getFleetPipelines(
    query?: { days?: number; owner?: string },
    options?: FettleRequestOptions,
  ): Promise<FleetPipelines>;

  /** Where runs come from, and how that goes: `GET /sources`. */
  getSources(options?: FettleRequestOptions): Promise<Sources>;

  /** One page of deliveries, newest first: `GET /sources/deliveries`. */
  listDeliveries(
    query?: Partial<DeliveryQuery>,
    options?: FettleRequestOptions,
  ): Promise<DeliveryPage>;

  /** Has a delivery that failed processed again: `POST /sources/deliveries/:id/retry`. */
  retryDelivery(
    id: string,
    options?: FettleRequestOptions,
  ): Promise<RetryAccepted>;
}

/**
 * The ref of {@link FettleApi}.
 *
 * @public
 */
export const fettleApiRef = createApiRef<FettleApi>({
  id: 'plugin.fettle.client',
});
