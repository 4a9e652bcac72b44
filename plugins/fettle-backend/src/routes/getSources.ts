import {
  sourceReadPermission,
  sourcesSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getSources = defineRoute({
  id: 'getSources',
  method: 'get',
  path: '/sources',
  summary:
    'How deliveries come in, what is asked of hosts, and how old advisories are',
  response: sourcesSchema,
  async handle({ credentials }, { access, store, sources, scanOverview }) {
    await access.require(sourceReadPermission, credentials);
    // First: what is committed after it comes next time.
    const revision = await store.getRevision();
    const [items, feeds] = await Promise.all([
      sources.read(),
      scanOverview.feeds(),
    ]);
    return { items, feeds, revision };
  },
});
