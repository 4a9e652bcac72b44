import {
  planCreatePermission,
  repositoryStandardsSchema,
  standardExemptPermission,
} from 'backstage-plugin-fettle-common';
import { readerOfRepositoryStandards } from './readStandards';
import { defineRoute } from './Route';

export const listRepositoryStandards = defineRoute({
  id: 'listRepositoryStandards',
  method: 'get',
  path: '/repositories/:id/standards',
  summary: 'How a repository stands against each standard, with the difference',
  response: repositoryStandardsSchema,
  async handle({ params, credentials }, services) {
    const { access, standards, clock } = services;
    const [summary, optOut, plan] = await Promise.all([
      readerOfRepositoryStandards(params.id, credentials, services),
      access.allows(standardExemptPermission, credentials),
      access.allows(planCreatePermission, credentials),
    ]);
    const revision = await standards.store.revision();
    const drifts = await standards.store.drifts(params.id, clock().now);
    const byId = new Map(
      standards.set.all().map(({ view }) => [view.id, view.title]),
    );
    return {
      items: drifts.flatMap(drift => {
        // Of a standard that was taken out since: gone at the next sweep.
        const standardTitle = byId.get(drift.standardId);
        if (standardTitle === undefined) return [];
        const { name: repository } = summary;
        return [{ ...drift, repository, entityRef: null, standardTitle }];
      }),
      can: { optOut, plan },
      revision,
    };
  },
});
