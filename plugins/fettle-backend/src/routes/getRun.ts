import {
  runDetailsQuerySchema,
  runDetailsSchema,
} from 'backstage-plugin-fettle-common';
import { findRun } from './findRun';
import { presentRuns } from './presentRuns';
import { defineRoute } from './Route';

export const getRun = defineRoute({
  id: 'getRun',
  method: 'get',
  path: '/runs/:id',
  summary: 'A run with its jobs and steps',
  query: runDetailsQuerySchema,
  response: runDetailsSchema,
  async handle({ params, query, credentials }, services) {
    const stored = await findRun(params.id, credentials, services);
    const details = await services.runs.details(stored, query);
    // Whoever opens a run whose jobs nobody told of gets them as they come.
    if (stored.run.jobCount === 0) services.readRun(stored);
    const [run] = await presentRuns([details.run], credentials, services);
    return { ...details, run };
  },
});
