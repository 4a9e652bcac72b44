import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { policyReadPermission } from 'backstage-plugin-fettle-common';
import { noRepository } from './getRepository';
import type { RouteServices } from './Route';

/** What a reader of policies may see. Throws NotAllowedError without `fettle.policy.read`. */
export async function readerOfPolicies(
  credentials: BackstageCredentials,
  { access }: RouteServices,
) {
  // At the same time: each is a request to the permission backend.
  const [visibility] = await Promise.all([
    access.visibility(credentials),
    access.require(policyReadPermission, credentials),
  ]);
  return visibility;
}

/** Throws NotFoundError where the reader may not see the repository. */
export async function assertPoliciesReadable(
  repositoryId: string,
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<void> {
  const visibility = await readerOfPolicies(credentials, services);
  const { store, clock } = services;
  const summary = await store.getSummary(
    ...([repositoryId, '', visibility, clock()] as const),
  );
  if (!summary) throw noRepository(repositoryId);
}
