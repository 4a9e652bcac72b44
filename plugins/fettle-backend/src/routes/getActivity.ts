import {
  activityQuerySchema,
  activitySchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getActivity = defineRoute({
  id: 'getActivity',
  method: 'get',
  path: '/activity',
  summary: 'What changed lately in the fleet, newest first',
  query: activityQuerySchema,
  response: activitySchema,
  handle: async ({ query, credentials }, { store, access }) =>
    store.getActivity(query.limit, await access.visibility(credentials)),
});
