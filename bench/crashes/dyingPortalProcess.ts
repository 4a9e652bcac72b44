import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  fettlePlaybookStepsExtensionPoint,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { startBenchBackend } from '../measure/startBenchBackend';
import { dieAt, type Death } from './Death';

// A backend that kills itself where `CRASHES_DEATH` says, with steps of which the effects can be counted.

const death: Death | null = JSON.parse(process.env.CRASHES_DEATH!);

/** Leaves a line each time that it is done, in repositories that are named so. */
function note(phase: 'before' | 'opened' | 'merged'): PlaybookStep {
  const file = process.env.CRASHES_EFFECTS!;
  const isNoted = (name: string) =>
    existsSync(file) &&
    readFileSync(file, 'utf8').includes(JSON.stringify([name, phase]));
  return {
    id: `note-${phase}`,
    title: phase,
    description: 'Notes that it was done.',
    phase,
    parameters: z.strictObject({}),
    destructive: false,
    idempotent: true,
    reversible: true,
    plan: async ({ repository: { name } }) =>
      name.includes('noted') && !isNoted(name)
        ? {
            actions: [
              { summary: phase, before: null, after: phase, input: null },
            ],
          }
        : {},
    apply: async ({ repository: { name }, idempotencyKey }) => {
      const line = `${JSON.stringify([name, phase])} ${idempotencyKey}`;
      appendFileSync(file, `${line}\n`);
      return { state: 'done', message: phase };
    },
    rollback: async () => {},
  };
}

/** Is content with nothing, so that all before it is taken back. */
const refuse: PlaybookStep = {
  id: 'refuse',
  title: 'Refuse',
  description: 'Refuses.',
  parameters: z.strictObject({}),
  destructive: false,
  idempotent: true,
  reversible: true,
  plan: async () => ({}),
  verify: async () => ({ state: 'wrong', message: 'It is not right.' }),
};

const dyingModule = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'dying',
  register: env =>
    env.registerInit({
      deps: {
        database: coreServices.database,
        steps: fettlePlaybookStepsExtensionPoint,
      },
      async init({ database, steps }) {
        steps.addPlaybookStep(note('before'), note('opened'), note('merged'));
        steps.addPlaybookStep(refuse);
        if (death) (await database.getClient()).on('query', dieAt(death));
      },
    }),
});

startBenchBackend(
  [],
  import('backstage-plugin-fettle-backend-module-git'),
  import('backstage-plugin-fettle-backend-module-playbooks'),
  dyingModule,
);
