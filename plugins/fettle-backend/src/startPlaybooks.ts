import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import { DefaultPlaybookSet } from './playbooks/DefaultPlaybookSet';
import { DefaultProblemReader } from './playbooks/DefaultProblemReader';
import { PlaybookFiles } from './playbooks/files/PlaybookFiles';
import { readPlaybookFolders } from './playbooks/files/readPlaybookFolders';
import type {
  LoadedPlaybook,
  PlaybookSet,
  ProblemReader,
} from './playbooks/LoadedPlaybook';
import { playbookJsonSchema } from './playbooks/playbookJsonSchema';
import { readPlaybooks } from './playbooks/readPlaybooks';
import type { DriftReader } from './playbooks/triggers/DriftReader';
import { CauseFinder } from './playbooks/triggers/failures/CauseFinder';
import { createTriggers } from './playbooks/triggers/triggers';
import type { Portal } from './policies/gaps';
import type { ChangeRegistry } from './registry/ChangeRegistry';
import type { Registry } from './registry/Registry';
import type { FettleStore } from './store/FettleStore';
import type { PlaybookStore } from './store/playbooks/PlaybookStore';

const FILES_EVERY = { seconds: 30 };

const STANDARDS_UNREAD: Reason = {
  code: 'standards-unread',
  message:
    'The folders of standards were not all read since the backend started, and what is to be applied may be in one of them.',
  action:
    'Wait until they are read; if that takes long, see on the Automation page what is wrong with them.',
};

/** Loads playbooks, and reads what they are to put right. Throws where one in config is wrong. */
export async function startPlaybooks(services: {
  changes: ChangeRegistry;
  /** Ids of the checks that are turned on. */
  checks: readonly string[];
  clock: () => Date;
  config: RootConfigService;
  /** Left out where there are no standards. */
  drift?: DriftReader;
  findRepository: (remote: string) => Promise<string | undefined>;
  logger: LoggerService;
  portal: () => Promise<Portal>;
  registry: Registry;
  repositories: Pick<FettleStore, 'getRepository'>;
  scheduler: SchedulerService;
  store: PlaybookStore;
}): Promise<{
  playbooks: PlaybookSet;
  problems: ProblemReader;
  playbookSchema: ReturnType<typeof playbookJsonSchema>;
  /** After the reading of a repository: playbooks may be written in it. */
  onRead: () => void;
}> {
  const { changes, checks, clock, config, logger, registry } = services;
  const { findRepository, portal, repositories, store } = services;
  const triggers = createTriggers({
    ...{ store, portal, checks, clock, drift: services.drift },
    causes: new CauseFinder({
      ...{ store, repositories, clock, sources: registry.pipelines },
    }),
  });
  const known = { triggers, steps: changes.steps };
  const leftOut: string[] = [];
  const configured = readPlaybooks(config, known, id => leftOut.push(id));
  if (leftOut.length > 0) {
    logger.info(
      `These playbooks that ship with Fettle are left out, as this backend lacks what they use: ${leftOut.join(
        ', ',
      )}`,
    );
  }
  const files = readPlaybookFolders(config).map(
    folder =>
      new PlaybookFiles({
        ...{ folder, known, findRepository, logger, store: repositories },
        sources: () => registry.sources,
      }),
  );
  const playbooks = new DefaultPlaybookSet({
    ...{ configured, files },
    waitsFor: playbook =>
      services.drift?.wasRead() === false && appliesStandards(playbook)
        ? STANDARDS_UNREAD
        : null,
  });
  if (files.length > 0) {
    // Each replica reads them by itself: readings of others are not told to it.
    await services.scheduler.scheduleTask({
      id: 'fettle-playbook-files',
      scope: 'local',
      frequency: FILES_EVERY,
      timeout: { minutes: 5 },
      fn: () => playbooks.refresh(),
    });
  }
  return {
    playbooks,
    problems: new DefaultProblemReader({
      ...{ store, triggers, clock },
      scanners: () => [...registry.scanners.keys()],
    }),
    playbookSchema: playbookJsonSchema(known),
    onRead: () => {
      playbooks
        .refresh()
        .catch(error =>
          logger.error('Files of playbooks are read again later', error),
        );
    },
  };
}

function appliesStandards({ trigger, steps }: LoadedPlaybook): boolean {
  return (
    trigger.id === 'drift' ||
    steps.some(({ step }) => step.id === 'apply-standard')
  );
}
