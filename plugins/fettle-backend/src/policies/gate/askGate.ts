import type { Gate } from 'backstage-plugin-fettle-common';
import type { PolicyStore } from '../../store/policies/PolicyStore';
import type { Portal } from '../gaps';
import { judge } from '../PolicyEvaluator';
import type { CompiledPolicy } from '../Policy';
import type { Subject } from '../subject/Subject';
import { decideGate } from './decideGate';

/** What answers the gate. */
export interface GateServices {
  all: readonly CompiledPolicy[];
  store: PolicyStore;
  portal: () => Promise<Portal>;
  /** Matches the components anew: what a scan found a moment ago may not be matched yet. Gives the matchers that could not. */
  match: (repositoryId: string) => Promise<string[]>;
}

/** A file of results that code hosts still take. */
const MOST_NAMED = 5_000;

/** Judges a repository as it is now; undefined where it is gone. */
export async function askGate(
  repositoryId: string,
  wanted: string | undefined,
  { all, store, portal, match }: GateServices,
  now: Date,
): Promise<{ gate: Gate; subject: Subject } | undefined> {
  const [broken] = await match(repositoryId);
  const known = await portal();
  const { subjects } = await store.loadSubjects([repositoryId], {
    ...{ verdicts: true, components: true, findings: true },
  });
  const [subject] = subjects;
  if (!subject) return undefined;
  const outcomes = judge(all, subject, known, now, MOST_NAMED);
  const scanners = known.scanners.map(({ id }) => id);
  const gate = decideGate(all, subject, outcomes, { wanted, scanners });
  if (broken === undefined || gate.answer !== 'pass') return { gate, subject };
  return {
    subject,
    gate: {
      ...gate,
      answer: 'unknown',
      reason: {
        code: 'not-matched',
        message: `${broken} could not judge the components of ${subject.name}.`,
        action: 'See the log of the backend, and ask again.',
      },
    },
  };
}
