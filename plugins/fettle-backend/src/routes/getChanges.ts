import {
  changesQuerySchema,
  changesSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

const REST = { sources: undefined, automation: undefined };

export const getChanges = defineRoute({
  id: 'getChanges',
  method: 'get',
  path: '/changes',
  summary: 'What changed since a revision',
  query: changesQuerySchema,
  response: changesSchema,
  async handle({ query, credentials }, services) {
    const { store, runs, security, access, clock } = services;
    const { since, repository } = query;
    const visibility = await access.visibility(credentials);
    if (query.of === 'repositories') {
      return store.getChanges(since, repository, visibility, clock());
    }
    // First: what is committed after it comes next time.
    const revision = await store.getRevision();
    const lost = since > revision;
    // For the rest any revision may be about it: better read once too often.
    const asked = { runs, findings: security, ...REST }[query.of];
    const changed =
      lost ||
      (asked ? await asked.changedSince(since, repository) : since < revision);
    return { revision, items: [], reset: lost, changed };
  },
});
