import {
  rerunSchema,
  runAcceptedSchema,
  runControlPermission,
} from 'backstage-plugin-fettle-common';
import { findRun } from './findRun';
import { defineRoute } from './Route';

export const rerunRun = defineRoute({
  id: 'rerunRun',
  method: 'post',
  path: '/runs/:id/rerun',
  summary: 'Have a run done again, or only its failed jobs',
  status: 202,
  body: rerunSchema,
  response: runAcceptedSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    const stored = await findRun(params.id, credentials, services);
    await services.access.require(runControlPermission, credentials);
    await services.control.rerun(stored, body.failedOnly);
    return { accepted: true as const, runId: params.id };
  },
});
