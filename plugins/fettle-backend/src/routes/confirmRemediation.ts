import {
  confirmRequestSchema,
  planApplyPermission,
  remediationDetailsSchema,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { findRemediation } from './readRemediation';
import { defineRoute } from './Route';

export const confirmRemediation = defineRoute({
  id: 'confirmRemediation',
  method: 'post',
  path: '/remediations/:id/confirm',
  summary: 'Say yes or no to a step that waits for a person',
  status: 202,
  body: confirmRequestSchema,
  response: remediationDetailsSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    await findRemediation(params.id, credentials, services);
    await services.access.require(planApplyPermission, credentials);
    await services.remediation.service.confirm(params.id, {
      ...body,
      actor: actorOf(credentials),
    });
    return findRemediation(params.id, credentials, services);
  },
});
