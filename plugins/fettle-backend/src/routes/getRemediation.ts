import { remediationDetailsSchema } from 'backstage-plugin-fettle-common';
import { findRemediation } from './readRemediation';
import { defineRoute } from './Route';

export const getRemediation = defineRoute({
  id: 'getRemediation',
  method: 'get',
  path: '/remediations/:id',
  summary: 'One remediation with its story',
  response: remediationDetailsSchema,
  handle: ({ params, credentials }, services) =>
    findRemediation(params.id, credentials, services),
});
