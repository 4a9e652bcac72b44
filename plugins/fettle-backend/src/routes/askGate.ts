import {
  gateBodySchema,
  gateQuerySchema,
  gateSchema,
  secretPlaceReadPermission,
} from 'backstage-plugin-fettle-common';
import { askGate as judgeAtGate } from '../policies/gate/askGate';
import { writeSarif } from '../policies/gate/writeSarif';
import { noRepository } from './getRepository';
import { hideRests, readerOfRepositoryPolicies } from './readPolicies';
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
    const { seeFindings } = await readerOfRepositoryPolicies(
      ...([params.id, credentials, services] as const),
    );
    const { policies, access, clock } = services;
    const asked = await judgeAtGate(
      ...([params.id, body.commit, policies, clock().now] as const),
    );
    if (!asked) throw noRepository(params.id);
    const { subject } = asked;
    const reasons = asked.gate.reasons.map(reason => ({
      ...reason,
      rests: hideRests(reason.rests, seeFindings),
    }));
    const gate = { ...asked.gate, reasons };
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
