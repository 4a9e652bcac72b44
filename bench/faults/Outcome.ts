import type { Remediation } from 'backstage-plugin-fettle-common';
import type { Fault } from './Fault';

const GONE = ['healed', 'recovered'];

/** How one fault ended. */
export interface Outcome {
  fault: Fault;
  /** In Git, and in the records of the CI. */
  isRight: boolean;
  /** What Fettle says that it did about it, newest first. */
  remediations: Remediation[];
  /** A person was told of it, or ended it themselves. */
  told: boolean;
}

/** Right in Git, proved by Fettle, and no person acted. */
export function isHealed({ isRight, remediations }: Outcome): boolean {
  return (
    isRight &&
    remediations.length > 0 &&
    remediations[0].state === 'healed' &&
    remediations.every(one => !one.personActed)
  );
}

/** Fettle says so, and Git does not. */
export function isFalselyHealed({ isRight, remediations }: Outcome): boolean {
  return !isRight && remediations.some(({ state }) => GONE.includes(state));
}

/** A person knows of it, and why. */
export function isEscalated({ remediations, told }: Outcome): boolean {
  const [last] = remediations;
  return Boolean(told && last?.reason && !GONE.includes(last.state));
}

/** How many of them came to which end. */
export function countOutcomes(outcomes: readonly Outcome[]) {
  const count = (is: (one: Outcome) => boolean) => outcomes.filter(is).length;
  return {
    faults: outcomes.length,
    healed: count(isHealed),
    escalated: count(one => !isHealed(one) && isEscalated(one)),
    'falsely healed': count(isFalselyHealed),
  };
}
