import {
  automationSchema,
  automationStopPermission,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { actorOf } from './acceptFinding';
import { readAutomation } from './getAutomation';
import { defineRoute } from './Route';

export const closeBreaker = defineRoute({
  id: 'closeBreaker',
  method: 'post',
  path: '/breakers/close',
  summary: 'Close the circuit breaker of a playbook for a host',
  body: z.object({
    playbookId: z.string().min(1).max(64),
    target: z.string().min(1).max(300),
    reason: z.string().trim().min(3).max(2000),
  }),
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
