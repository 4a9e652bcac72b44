import {
  exceptionEndedSchema,
  findingTriagePermission,
} from 'backstage-plugin-fettle-common';
import { actorOf } from './acceptFinding';
import { readerOfFindings } from './readFindings';
import { defineRoute } from './Route';

export const endException = defineRoute({
  id: 'endException',
  method: 'post',
  path: '/exceptions/:id/end',
  summary: 'Take an exception back: what it covered is open again',
  response: exceptionEndedSchema,
  audited: true,
  async handle({ params, credentials }, services) {
    const { access, security, clock } = services;
    const { visibility } = await readerOfFindings(
      ...([credentials, services] as const),
    );
    await access.require(findingTriagePermission, credentials);
    const { repositoryIds, revision } = await security.takeBack(
      ...([params.id, actorOf(credentials), visibility, clock().now] as const),
    );
    services.findingsChanged(repositoryIds, revision);
    return { ended: true as const, exceptionId: params.id };
  },
});
