import {
  evidenceExportPermission,
  evidenceQuerySchema,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { writeEvidence } from '../compliance/writeEvidence';
import { actorOf } from './acceptFinding';
import { findFramework } from './getFramework';
import { readerOfPolicies } from './readPolicies';
import { Download, defineRoute } from './Route';

export const exportEvidence = defineRoute({
  id: 'exportEvidence',
  method: 'get',
  path: '/compliance/:framework/evidence',
  summary:
    'The evidence of a framework for a period, as one archive with hashes',
  query: evidenceQuerySchema,
  response: z.instanceof(Download),
  downloads: ['application/zip'],
  audited: true,
  async handle({ params, query, credentials }, services) {
    const { access, clock, compliance } = services;
    const [visibility] = await Promise.all([
      readerOfPolicies(credentials, services),
      access.require(evidenceExportPermission, credentials),
    ]);
    const framework = findFramework(params.framework, services);
    const owned = await compliance.store.owners(visibility);
    const archive = writeEvidence({
      framework,
      repositories: new Map(
        [...owned]
          .filter(([, { owner }]) => !query.owner || owner === query.owner)
          .sort(([, a], [, b]) => a.name.localeCompare(b.name)),
      ),
      period: query,
      actor: actorOf(credentials),
      now: clock().now,
      ...compliance,
    });
    const name = `${framework.id}-${query.from}-${query.to}.zip`;
    return new Download('application/zip', name, archive);
  },
});
