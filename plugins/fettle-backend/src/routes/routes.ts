import { getActivity } from './getActivity';
import { getChanges } from './getChanges';
import { getChecks } from './getChecks';
import { getEntity } from './getEntity';
import { getFleet } from './getFleet';
import { getHistory } from './getHistory';
import { getRepository } from './getRepository';
import { listRepositories } from './listRepositories';
import { refreshRepository } from './refreshRepository';
import { reportPush } from './reportPush';
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
] as unknown as Route[];
