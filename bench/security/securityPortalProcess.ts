import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  fettleChecksExtensionPoint,
  fettleComponentMatchersExtensionPoint,
  fettleFactCollectorsExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  fettleScannersExtensionPoint,
} from 'backstage-plugin-fettle-node';
import express from 'express';
import Router from 'express-promise-router';
import type { Knex } from 'knex';
import { OsvMatcher } from '../../plugins/fettle-backend-module-vulnerabilities/src/OsvMatcher';
import { applyMigrations } from '../../plugins/fettle-backend-module-vulnerabilities/src/store/applyMigrations';
import {
  addFeedRow,
  updateFeedRow,
} from '../../plugins/fettle-backend-module-vulnerabilities/src/store/feedRows';
import { writeRecords } from '../../plugins/fettle-backend-module-vulnerabilities/src/store/writeRecords';
import { claimEntities } from '../../plugins/fettle-backend/src/discover/claimEntities';
import { Matching } from '../../plugins/fettle-backend/src/match/Matching';
import { DatabaseFettleStore } from '../../plugins/fettle-backend/src/store/DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../../plugins/fettle-backend/src/store/security/DatabaseSecurityStore';
import { BenchFleet, checks, factCollectors } from '../fleet/BenchFleet';
import { FleetHistory } from '../fleet/FleetHistory';
import { pause } from '../measure/clock';
import { startBenchBackend } from '../measure/startBenchBackend';
import { advisories, advisoryFor, packageName } from './SecurityContents';
import { saveBenchScan, SecurityHistory } from './SecurityHistory';

// A backend with Fettle alone, over a fleet whose components and findings are
// stored; what judges and matches them is the plugin's own.

const fleet = new BenchFleet(Number(process.env.BENCH_REPOSITORIES));
const days = Number(process.env.BENCH_DAYS);
const entities = fleet.entities();
const DUE_DAYS = { critical: 7, high: 30, medium: 90 };
const FEED = 'osv/npm';
const now = () => new Date();

const benchModule = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'bench',
  register(env) {
    env.registerInit({
      deps: {
        checksPoint: fettleChecksExtensionPoint,
        database: coreServices.database,
        facts: fettleFactCollectorsExtensionPoint,
        http: coreServices.httpRouter,
        logger: coreServices.logger,
        matchers: fettleComponentMatchersExtensionPoint,
        scanners: fettleScannersExtensionPoint,
        sources: fettleRepositorySourcesExtensionPoint,
      },
      async init({ checksPoint, database, facts, http, logger, ...points }) {
        points.sources.addRepositorySource(fleet);
        facts.addFactCollector(...factCollectors);
        checksPoint.addCheck(...checks);
        points.scanners.addScanner({
          ...{ id: 'bench', title: 'Bench', version: 1, program: __filename },
          wants: () => false,
        });
        const store = await DatabaseFettleStore.create({ database });
        const knex = await database.getClient();
        await applyMigrations(knex);
        const matcher = new OsvMatcher(knex, [
          { id: FEED, title: 'npm', ecosystem: 'npm' },
        ]);
        points.matchers.addComponentMatcher(matcher);
        await fill(store, knex);
        const security = store.openSecurity({ dueDays: DUE_DAYS });
        const begun = performance.now();
        await new Matching({
          ...{ security, logger, clock: now, onChange: () => {} },
          matchers: new Map([[matcher.id, matcher]]),
        }).sweep();
        const matchAllSeconds = (performance.now() - begun) / 1000;
        if (knex.client.config.client === 'pg') await knex.raw('analyze');
        http.use(
          createBenchRouter({ knex, security, matcher, matchAllSeconds }),
        );
      },
    });
  },
});

async function fill(store: DatabaseFettleStore, knex: Knex): Promise<void> {
  // What the plugin's own discovery will find, so that it changes nothing.
  const found = claimEntities({
    entities,
    sources: [fleet],
    kinds: ['Component'],
  });
  await store.saveDiscovery({ ...found, at: now() });
  await new FleetHistory(store, fleet).fill(1, now());
  const remotes = fleet.locations.map(({ remote }) => remote);
  await new SecurityHistory(knex, remotes, DUE_DAYS).fill(days, now());
  await addFeedRow(knex, { id: FEED, from: 'bench' });
  await updateFeedRow(knex, FEED, { state: 'ok', records: 1 });
  await writeRecords(knex, FEED, advisories());
}

function createBenchRouter(options: {
  knex: Knex;
  security: DatabaseSecurityStore;
  matcher: OsvMatcher;
  matchAllSeconds: number;
}) {
  const { knex, security, matcher, matchAllSeconds } = options;
  const router = Router();
  router.use(express.json());
  router.post('/bench/filled', async (_request, response) => {
    const count = async (table: string) =>
      Number((await knex(table).count({ n: '*' }))[0].n);
    response.json({
      matchAllSeconds,
      components: await count('repository_components'),
      findings: await count('findings'),
      runs: await count('runs'),
    });
  });
  // The sweep is the plugin's own; it takes all whose digest is another.
  router.post('/bench/forgetPolicies', async (_request, response) => {
    await knex('policy_states').update({ digest: '' });
    response.json({});
  });
  router.post('/bench/judged', async (_request, response) => {
    const [{ judged, first, last }] = await knex('policy_states')
      .whereNot({ digest: '' })
      .count({ judged: '*' })
      .min({ first: 'evaluated_at' })
      .max({ last: 'evaluated_at' });
    const seconds = (Date.parse(last) - Date.parse(first)) / 1000;
    response.json({ judged: Number(judged), seconds });
  });
  // One repository changes, as one or another does all the time.
  let changes = 0;
  router.post('/bench/change', async (_request, response) => {
    const turn = Math.floor(changes / fleet.locations.length);
    const { remote } = fleet.locations[changes % fleet.locations.length];
    changes += 1;
    const count = turn % 2 === 0 ? 4 : 3;
    response.json(await saveBenchScan(security, remote, count, now()));
  });
  router.post('/bench/advisory', async (request, response) => {
    const { rank, id } = request.body;
    const [{ affected }] = await knex('repository_components as u')
      .join('components as c', 'c.id', 'u.component_id')
      .join('packages as p', 'p.id', 'c.package_id')
      .where('p.name', packageName(rank))
      .where('c.version', '<', '1.5')
      .countDistinct({ affected: 'u.repository_id' });
    const begun = performance.now();
    await writeRecords(knex, FEED, [advisoryFor(rank, id)]);
    matcher.noteChange();
    for (;;) {
      const [{ found }] = await knex('finding_names')
        .where({ name: id })
        .count({ found: '*' });
      if (Number(found) === Number(affected)) break;
      await pause(10);
    }
    const seconds = (performance.now() - begun) / 1000;
    response.json({ seconds, affected: Number(affected) });
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
  return router;
}

startBenchBackend(entities, benchModule);
