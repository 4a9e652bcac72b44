import type { Portal } from '../../policies/gaps';
import type { PlaybookStore } from '../../store/playbooks/PlaybookStore';
import { agentTrigger } from './agentTrigger';
import type { DriftReader } from './DriftReader';
import { createDriftTrigger } from './driftTrigger';
import type { CauseFinder } from './failures/CauseFinder';
import { createFindingTrigger } from './findingTrigger';
import { personTrigger } from './personTrigger';
import { createRunTrigger } from './runTrigger';
import { scheduleTrigger } from './scheduleTrigger';
import type { Trigger } from './Trigger';
import { createVerdictTrigger } from './verdictTrigger';

/** Every kind of trigger, by its id. */
export function createTriggers(services: {
  store: PlaybookStore;
  portal: () => Promise<Portal>;
  /** Ids of the checks of this portal. */
  checks: readonly string[];
  causes: CauseFinder;
  /** Left out where there are no standards. */
  drift?: DriftReader;
  clock: () => Date;
}): ReadonlyMap<string, Trigger> {
  const { drift, ...rest } = services;
  const all: Trigger[] = [
    createFindingTrigger(rest),
    createVerdictTrigger(rest),
    createRunTrigger(rest),
    ...(drift ? [createDriftTrigger({ ...rest, drift })] : []),
    scheduleTrigger,
    personTrigger,
    agentTrigger,
  ];
  return new Map(all.map(trigger => [trigger.id, trigger]));
}
