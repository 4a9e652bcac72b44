import { countOutcomes, isHealed, type Outcome } from './Outcome';
import type { Result } from './runFaults';

/** The figure by kind, and what became of those that were not healed. */
export function printOutcomes({ outcomes, harm, seconds }: Result): void {
  const kinds = [...byKind(outcomes)];
  const rows = kinds.map(([kind, of]) => [kind, countOutcomes(of)]);
  const all = [`all ${kinds.length} kinds`, countOutcomes(outcomes)];
  console.table(Object.fromEntries([...rows, all]));
  for (const { fault, remediations } of outcomes.filter(
    one => !isHealed(one),
  )) {
    const states = remediations.map(({ state, reason }) => {
      return `${state}: ${reason?.message ?? ''}`;
    });
    const what = states.join('; ') || 'nothing was done about it';
    console.log(`${fault.repository.name}, ${fault.kind}: ${what}`);
  }
  for (const one of harm) console.log(`Harmed: ${one}`);
  console.log(`${Math.round(seconds)} s`);
}

export function byKind(outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  const kinds = new Map<string, Outcome[]>();
  for (const one of outcomes) {
    const { kind } = one.fault;
    kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
  }
  return kinds;
}
