import type {
  LifecycleService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { StepEntity } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { CollectQueue } from './collect/CollectQueue';
import type { DriftReader } from './playbooks/triggers/DriftReader';
import type { ChangeRegistry } from './registry/ChangeRegistry';
import type { Registry } from './registry/Registry';
import type { RouteServices } from './routes/Route';
import { createApplyStandard } from './standards/applyStandard';
import { DefaultStandardKnowledge } from './standards/DefaultStandardKnowledge';
import { DefaultStandardSet } from './standards/DefaultStandardSet';
import { StandardFiles } from './standards/files/StandardFiles';
import { readStandards } from './standards/readStandards';
import { filePathSchema } from './standards/standardSchema';
import { StandardWatcher } from './standards/StandardWatcher';
import type { DatabaseFettleStore } from './store/DatabaseFettleStore';

const SWEEP_EVERY = { seconds: 30 };
const AT_A_TIME = 2;

const foldersSchema = z
  .array(
    z.strictObject({
      repository: z.url().max(1000),
      path: z
        .string()
        .transform(path => path.replace(/^\/+|\/+$/g, ''))
        .pipe(z.union([z.literal(''), filePathSchema]))
        .default(''),
    }),
  )
  .max(20)
  .default([]);

/** Loads standards, and holds repositories against them. Throws where one in config is wrong. */
export async function startStandards(services: {
  changes: ChangeRegistry;
  clock: () => Date;
  config: RootConfigService;
  entitiesOf: (repositoryId: string) => Promise<StepEntity[]>;
  findRepository: (remote: string) => Promise<string | undefined>;
  lifecycle: LifecycleService;
  logger: LoggerService;
  /** A repository was held against its standards; the revision is null where readers see no difference. */
  onChecked: (repositoryId: string, revision: number | null) => void;
  registry: Registry;
  scheduler: SchedulerService;
  store: DatabaseFettleStore;
  timeoutSeconds: number;
}): Promise<
  Pick<RouteServices, 'standards'> & {
    drift: DriftReader;
    /** After the reading of a repository. */
    onRead: (repositoryId: string) => void;
  }
> {
  const { changes, clock, config, logger, registry, scheduler } = services;
  const { entitiesOf, findRepository, store, timeoutSeconds } = services;
  const folders = foldersSchema.safeParse(
    config.getOptional('fettle.automation.standardFiles'),
  );
  if (!folders.success) {
    throw new InputError(
      `Invalid config at 'fettle.automation.standardFiles': ${z.prettifyError(
        folders.error,
      )}. Write a list like [{ repository: 'https://git.example.com/platform/standards', path: standards }].`,
    );
  }
  const set = new DefaultStandardSet({
    configured: readStandards(config),
    files: folders.data.map(
      folder =>
        new StandardFiles({
          ...{ folder, findRepository, store, logger },
          sources: () => registry.sources,
        }),
    ),
  });
  const standards = store.openStandards();
  const subjects = store.openPolicies();
  const watcher = new StandardWatcher({
    ...{ standards: set, store: standards, subjects, repositories: store },
    ...{ registry, changes, entitiesOf, clock, logger, timeoutSeconds },
    onChange: services.onChecked,
  });
  const queue = new CollectQueue(
    (id, signal) => watcher.check(id, signal),
    AT_A_TIME,
  );
  const check = (id: string) => {
    queue
      .add(id, 'routine')
      .catch(error => logger.error(`The standards of ${id} wait`, error));
  };
  changes.addPlaybookStep(
    createApplyStandard({
      knowledge: new DefaultStandardKnowledge({
        ...{ standards: set, store: standards, subjects, clock },
        ...{ repositories: store, findRepository },
      }),
    }),
  );
  if (folders.data.length > 0) {
    // Each replica reads them by itself: readings of others are not told to it.
    await scheduler.scheduleTask({
      id: 'fettle-standard-files',
      scope: 'local',
      frequency: SWEEP_EVERY,
      timeout: { minutes: 5 },
      fn: () => set.refresh(),
    });
  }
  await scheduler.scheduleTask({
    id: 'fettle-standards',
    frequency: SWEEP_EVERY,
    timeout: { minutes: 30 },
    fn: async () => {
      if (!set.wasRead()) await set.refresh();
      await watcher.sweep();
    },
  });
  services.lifecycle.addShutdownHook(async () => {
    watcher.stop();
    await queue.stop();
  });
  return {
    standards: { set, store: standards, check },
    drift: {
      wasRead: () => set.wasRead(),
      drifts: async repositoryId => {
        const found = await standards.drifts(repositoryId, clock());
        return found.map(one => ({
          ...one,
          paths: [
            ...one.files.map(({ path }) => path),
            ...one.settings.map(({ name }) => name),
          ],
        }));
      },
    },
    onRead: repositoryId => {
      check(repositoryId);
      if (folders.data.length === 0) return;
      set
        .refresh()
        .catch(error =>
          logger.error('Standards are read again later', error as Error),
        );
    },
  };
}
