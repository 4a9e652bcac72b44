import {
  REPORT_MAX_BYTES,
  findingTriagePermission,
  reportAcceptedSchema,
  reportQuerySchema,
  reportUploadPermission,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { takeReport } from '../reports/takeReport';
import { actorOf } from './acceptFinding';
import { noRepository } from './getRepository';
import { readerOfRepository } from './readFindings';
import { defineRoute } from './Route';

export const uploadReport = defineRoute({
  id: 'uploadReport',
  method: 'post',
  path: '/repositories/:id/reports',
  summary:
    'Send a report of another tool about the head: SARIF, CycloneDX or VEX',
  query: reportQuerySchema,
  body: z.string().min(1, 'The report is empty.'),
  bodyLimit: String(REPORT_MAX_BYTES),
  textBody: true,
  response: reportAcceptedSchema,
  audited: true,
  async handle({ params, query, body, credentials }, services) {
    const { access, store, queue, security, clock } = services;
    await readerOfRepository(params.id, credentials, services);
    await access.require(reportUploadPermission, credentials);
    let repository = await store.getRepository(params.id);
    // CI may be quicker than the news of its own push.
    if (repository && repository.headCommit !== query.commit) {
      await queue.add(params.id, 'now');
      repository = await store.getRepository(params.id);
    }
    if (!repository) throw noRepository(params.id);
    return takeReport(body, {
      ...{ repository, security, commit: query.commit },
      ...{ actor: actorOf(credentials), now: clock().now },
      mayTriage: () => access.allows(findingTriagePermission, credentials),
      match: services.policies.match,
      onChange: services.findingsChanged,
    });
  },
});
