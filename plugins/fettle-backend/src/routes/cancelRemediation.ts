import {
  cancelRequestSchema,
  planApplyPermission,
  remediationDetailsSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findRemediation } from './readRemediation';
import { defineRoute } from './Route';

export const cancelRemediation = defineRoute({
  id: 'cancelRemediation',
  method: 'post',
  path: '/remediations/:id/cancel',
  summary: 'End a remediation; its change is closed where it is open',
  status: 202,
  body: cancelRequestSchema,
  response: remediationDetailsSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    await findRemediation(params.id, credentials, services);
    await services.access.require(planApplyPermission, credentials);
    await services.remediation.service.cancel(
      ...([params.id, actorOf(credentials), body.reason] as const),
    );
    return findRemediation(params.id, credentials, services);
  },
});
