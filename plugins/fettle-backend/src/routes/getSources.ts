import {
  sourceReadPermission,
  sourcesSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getSources = defineRoute({
  id: 'getSources',
  method: 'get',
  path: '/sources',
  summary: 'How deliveries come in and what is asked of hosts',
  response: sourcesSchema,
  async handle({ credentials }, { access, store, sources }) {
    await access.require(sourceReadPermission, credentials);
    // First: what is committed after it comes next time.
    const revision = await store.getRevision();
    return { items: await sources.read(), revision };
  },
});
