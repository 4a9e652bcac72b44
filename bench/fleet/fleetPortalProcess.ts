import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type BackstageCredentials,
  type BackstageServicePrincipal,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  fettleChecksExtensionPoint,
  fettleFactCollectorsExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import express from 'express';
import Router from 'express-promise-router';
import { claimEntities } from '../../plugins/fettle-backend/src/discover/claimEntities';
import { DatabaseFettleStore } from '../../plugins/fettle-backend/src/store/DatabaseFettleStore';
import { BenchFleet, checks, factCollectors } from './BenchFleet';
import { FleetHistory } from './FleetHistory';

// A backend with Fettle alone, over a catalog of so many components. The
// reader `half` may see every other of them, all others see everything.

const fleet = new BenchFleet(Number(process.env.BENCH_REPOSITORIES));
const days = Number(process.env.BENCH_DAYS);
const entities = fleet.entities();

const isHalf = ({ principal }: BackstageCredentials) =>
  (principal as BackstageServicePrincipal).subject === 'half';

const catalog: Pick<CatalogService, 'streamEntities'> = {
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

const benchModule = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'bench',
  register(env) {
    env.registerInit({
      deps: {
        database: coreServices.database,
        http: coreServices.httpRouter,
        sources: fettleRepositorySourcesExtensionPoint,
        facts: fettleFactCollectorsExtensionPoint,
        checksPoint: fettleChecksExtensionPoint,
      },
      async init({ database, http, sources, facts, checksPoint }) {
        sources.addRepositorySource(fleet);
        facts.addFactCollector(...factCollectors);
        checksPoint.addCheck(...checks);
        const store = await DatabaseFettleStore.create({ database });
        const history = new FleetHistory(store, fleet);
        await discover(store);
        await history.fill(days, new Date());
        const knex = await database.getClient();
        if (knex.client.config.client === 'pg') await knex.raw('analyze');

        const router = Router();
        router.use(express.json());
        router.post('/bench/round', async (request, response) => {
          response.json(await history.round(new Date(), request.body));
        });
        router.post('/bench/select', async (request, response) => {
          const times: number[] = [];
          for (let i = 0; i < request.body.count; i++) {
            const start = performance.now();
            await knex('revisions').where({ id: 1 }).first('value');
            times.push(performance.now() - start);
          }
          response.json(times);
        });
        http.use(router);
      },
    });
  },
});

/** What the plugin's own discovery will find, so that it changes nothing. */
async function discover(store: DatabaseFettleStore): Promise<void> {
  const found = claimEntities({
    entities,
    sources: [fleet],
    kinds: ['Component'],
  });
  await store.saveDiscovery({ ...found, at: new Date() });
}

const backend = createBackend();
backend.add(import('backstage-plugin-fettle-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(benchModule);
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
