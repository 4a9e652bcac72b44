import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { PORTAL } from '../policies/testSubjects';
import { createApplyStandard } from '../standards/applyStandard';
import type { PlaybookStore } from '../store/playbooks/PlaybookStore';
import type { Known } from './loadPlaybook';
import { readPlaybooks } from './readPlaybooks';
import type { DriftReader } from './triggers/DriftReader';
import type { CauseFinder } from './triggers/failures/CauseFinder';
import { createTriggers } from './triggers/triggers';

const CHECKS = [
  ...['readme', 'licence', 'codeowners', 'stale-branches'],
  'catalog-descriptor',
];

/** A step that would do nothing. */
export function step(
  id: string,
  parameters: z.ZodType = z.looseObject({}),
): PlaybookStep {
  return {
    ...{ id, title: `Step ${id}`, description: `Does ${id}.`, parameters },
    ...{ destructive: false, idempotent: true, reversible: true },
    plan: async () => ({}),
  };
}

/** Those of the module of built-in steps are made up: it tries the examples with the real ones. */
const STEPS = [
  step(
    'update-dependency',
    z.strictObject({
      coolDownDays: z.number().int().min(0).default(3).describe('Days'),
    }),
  ),
  ...['pin-actions', 'narrow-permissions', 'pin-images', 'rerun-failed'].map(
    id => step(id),
  ),
  ...['revert-commit', 'delete-branches', 'restore-settings'].map(id =>
    step(id),
  ),
  ...['add-files', 'open-issue', 'close-issue'].map(id => step(id)),
  createApplyStandard({ knowledge: { of: async () => undefined } }),
  ...['request-review', 'run-template', 'call-mcp-tool', 'call-webhook'].map(
    id => step(id),
  ),
  step('wait-for-person'),
];

/** What a portal with every step knows. */
export function known(
  given: {
    store?: PlaybookStore;
    causes?: CauseFinder;
    drift?: DriftReader;
    steps?: readonly PlaybookStep[];
    now?: Date;
  } = {},
): Known {
  const nothing = {} as never;
  const steps = given.steps ?? STEPS;
  return {
    steps: new Map(steps.map(one => [one.id, one])),
    triggers: createTriggers({
      store: given.store ?? nothing,
      causes: given.causes ?? nothing,
      drift: given.drift ?? { drifts: async () => [], wasRead: () => true },
      portal: async () => PORTAL,
      checks: CHECKS,
      clock: () => given.now ?? new Date('2026-03-20T12:00:00Z'),
    }),
  };
}

/** The playbooks of a config, with those that ship. */
export function read(playbooks?: JsonObject, of: Known = known()) {
  const config = new ConfigReader(playbooks ? { fettle: { playbooks } } : {});
  return readPlaybooks(config, of);
}
