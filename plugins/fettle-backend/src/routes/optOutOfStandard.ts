import { InputError } from '@backstage/errors';
import {
  optOutRequestSchema,
  standardExemptPermission,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { actorOf } from './acceptFinding';
import { findStandard, readerOfRepositoryStandards } from './readStandards';
import { defineRoute } from './Route';

const MOST_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

export const optOutOfStandard = defineRoute({
  id: 'optOutOfStandard',
  method: 'post',
  path: '/repositories/:id/standards/:standard/opt-out',
  summary: 'Let a repository not follow a standard until a day, or end that',
  body: optOutRequestSchema,
  response: z.object({
    standardId: z.string(),
    repositoryId: z.string(),
    reason: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
  audited: true,
  async handle({ params, body, credentials }, services) {
    await readerOfRepositoryStandards(params.id, credentials, services);
    await services.access.require(standardExemptPermission, credentials);
    const { view } = findStandard(params.standard, services);
    const { now } = services.clock();
    const { reason, expiresAt } = body;
    if (expiresAt !== undefined) assertEnd(expiresAt, now);
    const after =
      expiresAt === undefined
        ? null
        : {
            ...{ reason, actor: actorOf(credentials) },
            expiresAt: new Date(expiresAt).toISOString(),
          };
    const { before } = await services.standards.store.optOut(
      ...([params.id, view.id, after, now] as const),
    );
    services.standards.check(params.id);
    return {
      ...{ standardId: view.id, repositoryId: params.id },
      ...{ reason, before, after },
    };
  },
});

function assertEnd(expiresAt: string, now: Date): void {
  const end = Date.parse(expiresAt);
  if (end > now.getTime() && end <= now.getTime() + MOST_DAYS * DAY_MS) return;
  throw new InputError(
    `The end ${expiresAt} is not within the coming year: choose another one.`,
  );
}
