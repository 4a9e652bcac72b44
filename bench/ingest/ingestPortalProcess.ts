import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  catalogServiceRef,
  type CatalogService,
} from '@backstage/plugin-catalog-node';
import { fettleRepositorySourcesExtensionPoint } from 'backstage-plugin-fettle-node';
import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import express from 'express';
import Router from 'express-promise-router';

// A backend with Fettle and its CDEvents module, over so many repositories,
// and beside the intake a handler that does the least: one insert on the same
// database before it answers.

const source = new MemoryRepositorySource({ now: () => new Date() });
for (let i = 0; i < Number(process.env.BENCH_REPOSITORIES); i++) {
  source.create(`team/service-${i}`);
}

const benchModule = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'bench',
  register(env) {
    env.registerInit({
      deps: {
        database: coreServices.database,
        http: coreServices.httpRouter,
        sources: fettleRepositorySourcesExtensionPoint,
      },
      async init({ database, http, sources }) {
        sources.addRepositorySource(source);
        const knex = await database.getClient();
        await knex.schema.createTable('bare_deliveries', table => {
          table.increments();
          table.text('delivery_id').notNullable().unique();
          table.text('body').notNullable();
        });
        const router = Router();
        router.post(
          '/bare',
          express.raw({ type: () => true }),
          async (request, response) => {
            await knex('bare_deliveries').insert({
              delivery_id: String(request.headers['x-id']),
              body: request.body.toString(),
            });
            response.status(202).json({ taken: 'accepted' });
          },
        );
        http.addAuthPolicy({ path: '/bare', allow: 'unauthenticated' });
        http.use(router);
      },
    });
  },
});

const catalog = { async *streamEntities() {} } as unknown as CatalogService;

const backend = createBackend();
backend.add(import('backstage-plugin-fettle-backend'));
backend.add(import('backstage-plugin-fettle-backend-module-cdevents'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(benchModule);
backend.add(
  createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => catalog,
  }),
);
backend.start().catch(error => {
  console.error(error);
  process.exit(1);
});
