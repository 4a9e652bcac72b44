import {
  automationSchema,
  automationStopPermission,
  breakerRequestSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { readAutomation } from './getAutomation';
import { defineRoute } from './Route';

export const closeBreaker = defineRoute({
  id: 'closeBreaker',
  method: 'post',
  path: '/breakers/close',
  summary: 'Close the circuit breaker of a playbook for a host',
  body: breakerRequestSchema,
  response: automationSchema,
  audited: true,
  async handle({ body, credentials }, services) {
    await services.access.require(automationStopPermission, credentials);
    await services.remediation.killSwitch.closeBreaker({
      ...body,
      actor: actorOf(credentials),
    });
    return readAutomation(credentials, services);
  },
});
