import {
  changesQuerySchema,
  changesSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getChanges = defineRoute({
  id: 'getChanges',
  method: 'get',
  path: '/changes',
  summary: 'What changed since a revision',
  query: changesQuerySchema,
  response: changesSchema,
  async handle({ query, credentials }, { store, runs, access, clock }) {
    const { since, repository } = query;
    const visibility = await access.visibility(credentials);
    if (query.of === 'repositories') {
      return store.getChanges(since, repository, visibility, clock());
    }
    // First: what is committed after it comes next time.
    const revision = await store.getRevision();
    const lost = since > revision;
    const changed =
      lost ||
      (query.of === 'sources'
        ? since < revision
        : await runs.changedSince(since, repository));
    return { revision, items: [], reset: lost, changed };
  },
});
