import { NotFoundError } from '@backstage/errors';
import type { FettleApi } from 'backstage-plugin-fettle-react';

type RunsApi = Pick<
  FettleApi,
  | 'listRuns'
  | 'getRun'
  | 'getLog'
  | 'rerunRun'
  | 'cancelRun'
  | 'getPipelines'
  | 'getFleetPipelines'
  | 'getSources'
  | 'listDeliveries'
  | 'retryDelivery'
>;

/** The part of the backend that these pages never ask: it has nothing. */
export class FakeRunsApi implements RunsApi {
  listRuns = () => this.#nothing();
  getRun = () => this.#nothing();
  getLog = () => this.#nothing();
  rerunRun = () => this.#nothing();
  cancelRun = () => this.#nothing();
  getPipelines = () => this.#nothing();
  getFleetPipelines = () => this.#nothing();
  getSources = () => this.#nothing();
  listDeliveries = () => this.#nothing();
  retryDelivery = () => this.#nothing();

  async #nothing(): Promise<never> {
    throw new NotFoundError('This backend has no runs');
  }
}
