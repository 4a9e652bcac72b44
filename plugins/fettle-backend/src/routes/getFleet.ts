import { fleetSchema } from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getFleet = defineRoute({
  id: 'getFleet',
  method: 'get',
  path: '/fleet',
  summary: 'The fleet in numbers, over what the reader may see',
  response: fleetSchema,
  handle: async ({ credentials }, { store, access, clock }) =>
    store.getFleet(await access.visibility(credentials), clock()),
});
