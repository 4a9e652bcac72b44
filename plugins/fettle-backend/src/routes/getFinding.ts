import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { findingDetailsSchema } from 'backstage-plugin-fettle-common';
import { hidePlace, readerOfFindings } from './readFindings';
import { defineRoute, type RouteServices } from './Route';

export const getFinding = defineRoute({
  id: 'getFinding',
  method: 'get',
  path: '/findings/:id',
  summary: 'One finding with its evidence, its fix and its history',
  response: findingDetailsSchema,
  async handle({ params, credentials }, services) {
    const { details, seeSecrets } = await findFinding(
      ...([params.id, credentials, services] as const),
    );
    const finding = hidePlace(details.finding, seeSecrets);
    const evidence = finding.hidden ? [] : details.evidence;
    return { ...details, finding, evidence };
  },
});

/** A finding that the reader may see; throws NotFoundError where there is none. */
export async function findFinding(
  id: string,
  credentials: BackstageCredentials,
  services: RouteServices,
) {
  const { visibility, seeSecrets } = await readerOfFindings(
    ...([credentials, services] as const),
  );
  const details = await services.security.finding(id, visibility);
  if (!details) {
    throw new NotFoundError(
      `There is no finding '${id}', or you may not see its repository.`,
    );
  }
  return { details, visibility, seeSecrets };
}
