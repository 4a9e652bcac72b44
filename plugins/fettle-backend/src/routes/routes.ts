import { cancelRun } from './cancelRun';
import { getActivity } from './getActivity';
import { getChanges } from './getChanges';
import { getChecks } from './getChecks';
import { getEntity } from './getEntity';
import { getFleet } from './getFleet';
import { getFleetPipelines } from './getFleetPipelines';
import { getHistory } from './getHistory';
import { getLog } from './getLog';
import { getPipelines } from './getPipelines';
import { getRepository } from './getRepository';
import { getRun } from './getRun';
import { getSources } from './getSources';
import { listDeliveries } from './listDeliveries';
import { listRepositories } from './listRepositories';
import { listRuns } from './listRuns';
import { refreshRepository } from './refreshRepository';
import { reportPush } from './reportPush';
import { rerunRun } from './rerunRun';
import { retryDelivery } from './retryDelivery';
import type { Route } from './Route';

/** Every operation of the API. */
export const routes = [
  listRepositories,
  getRepository,
  getHistory,
  refreshRepository,
  getChanges,
  getActivity,
  getFleet,
  getEntity,
  getChecks,
  reportPush,
  getPipelines,
  getFleetPipelines,
  listRuns,
  getRun,
  getLog,
  rerunRun,
  cancelRun,
  getSources,
  listDeliveries,
  retryDelivery,
] as unknown as Route[];
