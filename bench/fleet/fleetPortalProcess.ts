import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  fettleChecksExtensionPoint,
  fettleFactCollectorsExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import express from 'express';
import Router from 'express-promise-router';
import { claimEntities } from '../../plugins/fettle-backend/src/discover/claimEntities';
import { DatabaseFettleStore } from '../../plugins/fettle-backend/src/store/DatabaseFettleStore';
import { startBenchBackend } from '../measure/startBenchBackend';
import { BenchFleet, checks, factCollectors } from './BenchFleet';
import { FleetHistory } from './FleetHistory';

// A backend with Fettle alone, over a catalog of so many components.

const fleet = new BenchFleet(Number(process.env.BENCH_REPOSITORIES));
const days = Number(process.env.BENCH_DAYS);
const entities = fleet.entities();

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

startBenchBackend(entities, benchModule);
