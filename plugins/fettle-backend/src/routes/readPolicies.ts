import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  findingReadPermission,
  policyReadPermission,
  type PolicyRest,
} from 'backstage-plugin-fettle-common';
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

/** The same, for one repository: throws NotFoundError where the reader may not see it. */
export async function readerOfRepositoryPolicies(
  repositoryId: string,
  credentials: BackstageCredentials,
  services: RouteServices,
) {
  const { store, clock, access } = services;
  const [visibility, seeFindings] = await Promise.all([
    readerOfPolicies(credentials, services),
    access.allows(findingReadPermission, credentials),
  ]);
  const summary = await store.getSummary(
    ...([repositoryId, '', visibility, clock()] as const),
  );
  if (!summary) throw noRepository(repositoryId);
  return { seeFindings };
}

/** Takes out which findings and components it is, for those who may not read them. */
export function hideRests(
  rests: PolicyRest[],
  seeFindings: boolean,
): PolicyRest[] {
  return rests.map(rest =>
    seeFindings || rest.input === 'verdicts' ? rest : { ...rest, first: [] },
  );
}
