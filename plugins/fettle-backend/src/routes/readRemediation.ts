import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { RemediationDetails } from 'backstage-plugin-fettle-common';
import { toRemediationView, toStory } from '../remediate/present';
import { readerOfPlans, rightsOf, seesSecrets } from './readPlans';
import type { RouteServices } from './Route';

/** A remediation that the reader may see, with its story; throws NotFoundError where there is none. */
export async function findRemediation(
  id: string,
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<RemediationDetails> {
  const visibility = await readerOfPlans(credentials, services);
  const found = await services.remediation.store.find(id, visibility);
  if (!found) {
    throw new NotFoundError(
      `There is no remediation '${id}', or you may not see its repository.`,
    );
  }
  const [{ apply }, seeSecrets] = await Promise.all([
    rightsOf(credentials, services),
    seesSecrets(credentials, services),
  ]);
  const { remediation, story, revision } = found;
  const { endedAt, state, waitsFor } = remediation;
  const isWell = state === 'healed' || state === 'recovered';
  return {
    remediation: toRemediationView(remediation, seeSecrets),
    story: toStory(remediation, story, seeSecrets),
    revision,
    can: {
      cancel: apply && endedAt === null,
      retry: apply && endedAt !== null && !isWell,
      confirm: apply && waitsFor !== null,
    },
  };
}
