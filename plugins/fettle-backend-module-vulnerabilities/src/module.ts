import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { fettleComponentMatchersExtensionPoint } from 'backstage-plugin-fettle-node';
import { readVulnerabilitiesConfig } from './config/readVulnerabilitiesConfig';
import { FeedImporter } from './import/FeedImporter';
import { feedsOf } from './import/feedsOf';
import { LIMITS } from './import/limits';
import { OsvMatcher } from './OsvMatcher';
import { applyMigrations } from './store/applyMigrations';

/**
 * Matches components against advisories in the OSV format, which are imported
 * as `fettle.vulnerabilities` in app-config has it and kept in the plugin's
 * database.
 *
 * @public
 */
export const fettleModuleVulnerabilities = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'vulnerabilities',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        database: coreServices.database,
        logger: coreServices.logger,
        matchers: fettleComponentMatchersExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ config, database, logger, matchers, scheduler }) {
        const settings = readVulnerabilitiesConfig(config);
        const feeds = feedsOf(settings, LIMITS);
        const knex = await database.getClient();
        if (!database.migrations?.skip) await applyMigrations(knex);
        const matcher = new OsvMatcher(knex, feeds);
        matchers.addComponentMatcher(matcher);
        const importer = new FeedImporter({
          ...{ knex, feeds, logger, limits: LIMITS },
          now: () => new Date(),
          onCommit: () => matcher.noteChange(),
        });
        await importer.prepare();
        // May be many, and must not keep the portal from starting.
        await scheduler.scheduleTask({
          id: 'fettle-advisories-forget',
          frequency: { hours: 24 },
          timeout: { hours: 2 },
          scope: 'global',
          fn: signal => importer.forget(signal),
        });
        for (const kind of ['url', 'file'] as const) {
          if (!feeds.some(({ from }) => from.kind === kind)) continue;
          await scheduler.scheduleTask({
            id: `fettle-advisories-${kind}`,
            frequency: { seconds: settings.refreshSeconds[kind] },
            timeout: { hours: 2 },
            scope: 'global',
            fn: signal => importer.refresh(kind, signal),
          });
        }
      },
    });
  },
});
