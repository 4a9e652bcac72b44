import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  findingReadPermission,
  secretPlaceReadPermission,
  type Finding,
} from 'backstage-plugin-fettle-common';
import type { Visibility } from '../store/FettleStore';
import { noRepository } from './getRepository';
import type { RouteServices } from './Route';

/** What a reader of findings may see. Throws NotAllowedError without `fettle.finding.read`. */
export async function readerOfFindings(
  credentials: BackstageCredentials,
  { access }: RouteServices,
): Promise<{ visibility: Visibility; seeSecrets: boolean }> {
  // At the same time: each is a request to the permission backend.
  const [visibility, seeSecrets] = await Promise.all([
    access.visibility(credentials),
    access.allows(secretPlaceReadPermission, credentials),
    access.require(findingReadPermission, credentials),
  ]);
  return { visibility, seeSecrets };
}

/** The same, for one repository: throws NotFoundError where the reader may not see it. */
export async function readerOfRepository(
  repositoryId: string,
  credentials: BackstageCredentials,
  services: RouteServices,
) {
  const reader = await readerOfFindings(credentials, services);
  const { store, clock } = services;
  const summary = await store.getSummary(
    ...([repositoryId, '', reader.visibility, clock()] as const),
  );
  if (!summary) throw noRepository(repositoryId);
  return { ...reader, summary };
}

/** Takes out where secrets are, for those who may not see it. */
export function hidePlace(finding: Finding, seeSecrets: boolean): Finding {
  if (seeSecrets || finding.kind !== 'secret') return finding;
  return { ...finding, path: null, line: null, url: null, hidden: true };
}
