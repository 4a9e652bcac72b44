import {
  pipelinesQuerySchema,
  repositoryPipelinesSchema,
} from 'backstage-plugin-fettle-common';
import { noRepository } from './getRepository';
import { defineRoute } from './Route';

export const getPipelines = defineRoute({
  id: 'getPipelines',
  method: 'get',
  path: '/repositories/:id/pipelines',
  summary: 'How the pipelines of a repository stand and what they come to',
  query: pipelinesQuerySchema,
  response: repositoryPipelinesSchema,
  async handle({ params, query, credentials }, services) {
    const { store, access, pipelines, clock } = services;
    const visibility = await access.visibility(credentials);
    const visible = await store.getSummary(params.id, '', visibility, clock());
    const found =
      visible &&
      (await pipelines.repository({
        ...query,
        repositoryId: params.id,
        now: clock().now,
      }));
    if (!found) throw noRepository(params.id);
    return found;
  },
});
