import {
  fleetPipelinesQuerySchema,
  fleetPipelinesSchema,
} from 'backstage-plugin-fettle-common';
import { presentRuns } from './presentRuns';
import { defineRoute } from './Route';

export const getFleetPipelines = defineRoute({
  id: 'getFleetPipelines',
  method: 'get',
  path: '/pipelines',
  summary:
    'What runs, what is broken and what delivery comes to, over the fleet',
  query: fleetPipelinesQuerySchema,
  response: fleetPipelinesSchema,
  async handle({ query, credentials }, services) {
    const { access, pipelines, clock } = services;
    const fleet = await pipelines.fleet({
      ...query,
      visibility: await access.visibility(credentials),
      now: clock().now,
    });
    return {
      ...fleet,
      running: await presentRuns(fleet.running, credentials, services),
    };
  },
});
