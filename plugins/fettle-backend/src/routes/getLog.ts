import {
  logReadPermission,
  logTailSchema,
} from 'backstage-plugin-fettle-common';
import { findRun } from './findRun';
import { defineRoute } from './Route';

export const getLog = defineRoute({
  id: 'getLog',
  method: 'get',
  path: '/runs/:id/jobs/:jobId/log',
  summary: "The end of a job's log, read from its host",
  response: logTailSchema,
  async handle({ params, credentials }, services) {
    const stored = await findRun(params.id, credentials, services);
    await services.access.require(logReadPermission, credentials);
    return services.control.log(stored, params.jobId);
  },
});
