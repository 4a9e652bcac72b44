import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  acceptFindingSchema,
  exceptionAcceptedSchema,
  findingTriagePermission,
} from 'backstage-plugin-fettle-common';
import { findFinding } from './getFinding';
import { defineRoute } from './Route';

const MOST_DAYS = 366;
const DAY_MS = 24 * 60 * 60 * 1000;

export const acceptFinding = defineRoute({
  id: 'acceptFinding',
  method: 'post',
  path: '/findings/:id/exceptions',
  summary: 'Accept a finding until a day, or call it a false positive',
  body: acceptFindingSchema,
  response: exceptionAcceptedSchema,
  audited: true,
  async handle({ params, body, credentials }, services) {
    const { access, security, store, clock } = services;
    const { details, visibility } = await findFinding(
      ...([params.id, credentials, services] as const),
    );
    await access.require(findingTriagePermission, credentials);
    const { now } = clock();
    assertEnd(body.expiresAt, now);
    const { repositoryId } = details.finding;
    const summary = await store.getSummary(
      ...([repositoryId, '', visibility, clock()] as const),
    );
    const owner = summary?.owner ?? null;
    if (body.scope === 'owner' && owner === null) {
      throw new InputError(
        'No entity of this repository has an owner: accept it for the repository.',
      );
    }
    const { exception, repositoryIds, revision } = await security.accept(
      { id: params.id, repositoryId },
      { ...body, owner, actor: actorOf(credentials) },
      now,
    );
    services.findingsChanged(repositoryIds, revision);
    return { exception };
  },
});

function assertEnd(expiresAt: string | undefined, now: Date): void {
  if (expiresAt === undefined) return;
  const end = Date.parse(expiresAt);
  if (end <= now.getTime()) {
    throw new InputError(
      `The end ${expiresAt} has passed: choose a later one.`,
    );
  }
  if (end > now.getTime() + MOST_DAYS * DAY_MS) {
    throw new InputError(
      `The end ${expiresAt} is more than a year ahead: choose an earlier one, and look again then.`,
    );
  }
}

/** The entity ref of the person, or the name of the service, who asks. */
export function actorOf({ principal }: BackstageCredentials): string {
  const { type, userEntityRef, subject } = principal as {
    type: string;
    userEntityRef?: string;
    subject?: string;
  };
  const actor = type === 'user' ? userEntityRef : subject;
  if (!actor) throw new NotAllowedError('This needs someone who asks for it.');
  return actor;
}
