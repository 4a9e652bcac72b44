import type { PolicyInput, PolicyRest } from 'backstage-plugin-fettle-common';
import { withDeadline } from './language/withDeadline';
import type { CompiledPolicy } from './Policy';
import type { SubjectValues } from './subject/toValues';

const DEADLINE_MS = 1_000;
const COUNTED = ['findings', 'components', 'verdicts', 'entities'] as const;

/** What a result rests on: how many there were of each input, and which of them break the policy. */
export function restsOn(
  { condition, reads }: CompiledPolicy,
  values: SubjectValues,
  /** How many of those that break it are named; none where nothing does. */
  mostNamed: number,
): PolicyRest[] {
  return COUNTED.filter(input => reads.includes(input)).map(input => {
    const of = values[input].length;
    const witnesses = condition.witnesses.filter(one => one.input === input);
    if (mostNamed === 0) return { input, of, offending: 0, first: [] };
    if (witnesses.length === 0)
      return { input, of, offending: null, first: [] };
    const found = new Set<object>();
    try {
      for (const { select } of witnesses) {
        const selected = withDeadline(DEADLINE_MS, () => select(values));
        for (const one of selected as object[]) found.add(one);
      }
    } catch {
      // The condition came to its end without this one: nothing is singled out.
      return { input, of, offending: null, first: [] };
    }
    const names = [...found].slice(0, mostNamed);
    return {
      ...{ input, of, offending: found.size },
      first: names.map(one => nameOf(input, one as Record<string, string>)),
    };
  });
}

function nameOf(input: PolicyInput, one: Record<string, string>): string {
  if (input === 'components') {
    const version = one.version === undefined ? '' : `@${one.version}`;
    return `${one.ecosystem}:${one.name}${version}`;
  }
  return { findings: one.id, verdicts: one.check, entities: one.ref }[
    input as 'findings'
  ];
}
