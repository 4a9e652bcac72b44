import {
  fleetSecurityQuerySchema,
  fleetSecuritySchema,
} from 'backstage-plugin-fettle-common';
import { readerOfFindings } from './readFindings';
import { defineRoute } from './Route';

export const getFleetSecurity = defineRoute({
  id: 'getFleetSecurity',
  method: 'get',
  path: '/security',
  summary: 'How the fleet stands: findings by owner, by rule and over time',
  query: fleetSecurityQuerySchema,
  response: fleetSecuritySchema,
  async handle({ query, credentials }, services) {
    const { security, scanOverview, clock } = services;
    const { visibility } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    const [fleet, feeds] = await Promise.all([
      security.fleet({ ...query, now: clock().now }, visibility),
      scanOverview.feeds(),
    ]);
    return { ...fleet, feeds };
  },
});
