import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import { noRepository } from './getRepository';
import type { RouteServices } from './Route';

/** What a reader of standards may see. Throws NotAllowedError without `fettle.playbook.read`. */
export async function readerOfStandards(
  credentials: BackstageCredentials,
  { access }: RouteServices,
) {
  const [visibility] = await Promise.all([
    access.visibility(credentials),
    access.require(playbookReadPermission, credentials),
  ]);
  return visibility;
}

/** The same, for one repository: throws NotFoundError where the reader may not see it. */
export async function readerOfRepositoryStandards(
  repositoryId: string,
  credentials: BackstageCredentials,
  services: RouteServices,
) {
  const visibility = await readerOfStandards(credentials, services);
  const summary = await services.store.getSummary(
    ...([repositoryId, '', visibility, services.clock()] as const),
  );
  if (!summary) throw noRepository(repositoryId);
  return summary;
}

/** Throws NotFoundError. */
export function findStandard(id: string, { standards }: RouteServices) {
  const standard = standards.set.all().find(({ view }) => view.id === id);
  if (!standard) {
    throw new NotFoundError(
      `There is no standard '${id}'. See GET /standards for those there are.`,
    );
  }
  return standard;
}
