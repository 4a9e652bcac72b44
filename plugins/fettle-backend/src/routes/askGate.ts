import {
  gateBodySchema,
  gateQuerySchema,
  gateSchema,
  secretPlaceReadPermission,
} from 'backstage-plugin-fettle-common';
import { askGate as judgeAtGate } from '../policies/gate/askGate';
import { writeSarif } from '../policies/gate/writeSarif';
import { noRepository } from './getRepository';
import { assertPoliciesReadable } from './readPolicies';
import { Download, defineRoute } from './Route';

const SARIF = 'application/sarif+json';

export const askGate = defineRoute({
  id: 'askGate',
  method: 'post',
  path: '/repositories/:id/gate',
  summary: 'Whether a commit keeps the policies that are enforced',
  query: gateQuerySchema,
  body: gateBodySchema,
  response: gateSchema,
  mayDownload: [SARIF],
  async handle({ params, query, body, accept, credentials }, services) {
    await assertPoliciesReadable(params.id, credentials, services);
    const { policies, access, clock } = services;
    const asked = await judgeAtGate(
      ...([params.id, body.commit, policies, clock().now] as const),
    );
    if (!asked) throw noRepository(params.id);
    const { gate, subject } = asked;
    const sarif = query.format
      ? query.format === 'sarif'
      : accept.includes(SARIF);
    if (!sarif) return gate;
    const seeSecrets = await access.allows(
      ...([secretPlaceReadPermission, credentials] as const),
    );
    const text = writeSarif(gate, subject, { seeSecrets });
    return new Download(SARIF, 'gate.sarif', text);
  },
});
