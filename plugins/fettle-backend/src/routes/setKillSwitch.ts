import {
  automationSchema,
  automationStopPermission,
  killSwitchRequestSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { readAutomation } from './getAutomation';
import { defineRoute } from './Route';

export const setKillSwitch = defineRoute({
  id: 'setKillSwitch',
  method: 'post',
  path: '/automation/kill-switch',
  summary: 'Stop all automation at once, or let it go on',
  body: killSwitchRequestSchema,
  response: automationSchema,
  audited: true,
  async handle({ body, credentials }, services) {
    await services.access.require(automationStopPermission, credentials);
    await services.remediation.killSwitch.set({
      ...body,
      actor: actorOf(credentials),
    });
    return readAutomation(credentials, services);
  },
});
