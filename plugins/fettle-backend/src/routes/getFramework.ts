import { NotFoundError } from '@backstage/errors';
import {
  evidenceExportPermission,
  frameworkQuerySchema,
  frameworkStandingSchema,
} from 'backstage-plugin-fettle-common';
import { readerOfPolicies } from './readPolicies';
import { defineRoute, type RouteServices } from './Route';

const DAY_MS = 24 * 60 * 60 * 1000;

export const getFramework = defineRoute({
  id: 'getFramework',
  method: 'get',
  path: '/compliance/:framework',
  summary: 'One framework by control, by owner and by day',
  query: frameworkQuerySchema,
  response: frameworkStandingSchema,
  async handle({ params, query, credentials }, services) {
    const { access, clock, compliance } = services;
    const [visibility, exportEvidence] = await Promise.all([
      readerOfPolicies(credentials, services),
      access.allows(evidenceExportPermission, credentials),
    ]);
    const framework = findFramework(params.framework, services);
    const { owner } = query;
    const standing = await compliance.reader.standing(
      ...([framework, owner, visibility] as const),
    );
    const from = new Date(clock().now.getTime() - (query.days - 1) * DAY_MS)
      .toISOString()
      .slice(0, 10);
    // Days were counted over all: who may not see all is shown none.
    const days =
      visibility === 'everything'
        ? await compliance.store.days({
            frameworkId: framework.id,
            owner,
            from,
          })
        : null;
    return { ...standing, days, can: { exportEvidence } };
  },
});

/** Throws NotFoundError where there is none. */
export function findFramework(id: string, { compliance }: RouteServices) {
  const { frameworks } = compliance.reader;
  const framework = frameworks.get(id);
  if (framework) return framework;
  throw new NotFoundError(
    `There is no framework '${id}'. There are: ${[...frameworks.keys()].join(
      ', ',
    )}.`,
  );
}
