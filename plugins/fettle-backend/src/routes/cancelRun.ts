import {
  runAcceptedSchema,
  runControlPermission,
} from 'backstage-plugin-fettle-common';
import { findRun } from './findRun';
import { defineRoute } from './Route';

export const cancelRun = defineRoute({
  id: 'cancelRun',
  method: 'post',
  path: '/runs/:id/cancel',
  summary: 'Have a run ended',
  status: 202,
  response: runAcceptedSchema,
  audited: true,
  async handle({ params, credentials }, services) {
    const stored = await findRun(params.id, credentials, services);
    await services.access.require(runControlPermission, credentials);
    await services.control.cancel(stored);
    return { accepted: true as const, runId: params.id };
  },
});
