import {
  findingTriagePermission,
  reportUploadPermission,
  repositorySecuritySchema,
  securityQuerySchema,
} from 'backstage-plugin-fettle-common';
import { hidePlace, readerOfRepository } from './readFindings';
import { defineRoute } from './Route';

export const getSecurity = defineRoute({
  id: 'getSecurity',
  method: 'get',
  path: '/repositories/:id/security',
  summary: 'How a repository, or one folder of it, stands: findings and scans',
  query: securityQuerySchema,
  response: repositorySecuritySchema,
  async handle({ params, query, credentials }, services) {
    const { access, security, scanOverview, clock } = services;
    const [{ seeSecrets, summary }, triage, uploadReports] = await Promise.all([
      readerOfRepository(params.id, credentials, services),
      access.allows(findingTriagePermission, credentials),
      access.allows(reportUploadPermission, credentials),
    ]);
    const [overview, scans, feeds] = await Promise.all([
      security.overview(params.id, query.subpath, clock().now),
      scanOverview.scans(params.id),
      scanOverview.feeds(),
    ]);
    return {
      ...overview,
      fixFirst: overview.fixFirst.map(one => hidePlace(one, seeSecrets)),
      headCommit: summary.head?.commit ?? null,
      ...{ scans, feeds, can: { triage, seeSecrets, uploadReports } },
    };
  },
});
