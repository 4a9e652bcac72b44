import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
  type BackstageCredentials,
  type BackstageServicePrincipal,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';

type Feature = Parameters<ReturnType<typeof createBackend>['add']>[0];

const isHalf = ({ principal }: BackstageCredentials) =>
  (principal as BackstageServicePrincipal).subject === 'half';

/**
 * A backend with Fettle alone, over a catalog of so many components. The reader
 * `half` may see every other of them, all others see everything.
 */
export function startBenchBackend(
  entities: readonly Entity[],
  ...features: Feature[]
): void {
  const byRef = new Map(entities.map(one => [stringifyEntityRef(one), one]));
  const catalog: Pick<CatalogService, 'streamEntities' | 'getEntitiesByRefs'> =
    {
      async getEntitiesByRefs({ entityRefs }) {
        return { items: entityRefs.map(ref => byRef.get(ref)) };
      },
      async *streamEntities(_request, { credentials }) {
        const half = isHalf(credentials);
        for (let start = 0; start < entities.length; start += 500) {
          yield entities
            .slice(start, start + 500)
            .filter((_, i) => !half || i % 2 === 0);
        }
      },
    };
  const permissions: PermissionsService = {
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async (requests, { credentials }: any) =>
      requests.map(() =>
        isHalf(credentials)
          ? {
              result: AuthorizeResult.CONDITIONAL,
              pluginId: 'catalog',
              resourceType: 'catalog-entity',
              conditions: {
                rule: 'EVERY_OTHER',
                resourceType: 'catalog-entity',
                params: {},
              },
            }
          : { result: AuthorizeResult.ALLOW },
      ),
  };
  const backend = createBackend();
  backend.add(import('backstage-plugin-fettle-backend'));
  backend.add(import('@backstage/plugin-events-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  for (const feature of features) backend.add(feature);
  // Half of a start is to read the schemas of all config, for what a log must not say.
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () =>
        WinstonLogger.create({ format: WinstonLogger.colorFormat() }),
    }),
  );
  backend.add(
    createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      factory: () => catalog as CatalogService,
    }),
  );
  backend.add(
    createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () => permissions,
    }),
  );
  backend.start().catch(error => {
    console.error(error);
    process.exit(1);
  });
}
