import { evaluatePolicy, type Outcome } from '../evaluatePolicy';
import type { Portal } from '../gaps';
import { MOST_NAMED } from '../PolicyEvaluator';
import type { CompiledPolicy } from '../Policy';
import type { Subject } from '../subject/Subject';
import { toValues } from '../subject/toValues';
import { asOf, changedBetween, type DueDays } from './asOf';
import type { SubjectHistory } from './SubjectHistory';

/** One repository through the time of a replay. */
export interface Replayed {
  /** One for each time: undefined out of scope, and null before its first reading. */
  outcomes: (Outcome | undefined | null)[];
}

/**
 * What a policy would have said of a repository at each of these times, oldest
 * first; the last is now, and is judged by what is stored. Pure.
 */
export function replaySubject(
  policy: CompiledPolicy,
  subject: Subject,
  history: SubjectHistory,
  times: readonly Date[],
  { portal, dueDays }: { portal: Portal; dueDays: DueDays },
): Replayed {
  const scanners = portal.scanners.map(({ id }) => id);
  const judge = (of: Subject, now: Date) =>
    evaluatePolicy(
      policy,
      {
        subject: of,
        values: toValues(of, scanners, now),
        mostNamed: MOST_NAMED,
      },
      portal,
    );
  const withTime =
    policy.condition.reads.changesWithTime ||
    (policy.when?.reads.changesWithTime ?? false);
  const outcomes: Replayed['outcomes'] = [];
  times.forEach((time, i) => {
    if (i === times.length - 1) {
      outcomes.push(judge(subject, time));
      return;
    }
    const before = i > 0 ? outcomes[i - 1] : null;
    if (
      before !== null &&
      !withTime &&
      !changedBetween(history, times[i - 1], time)
    ) {
      outcomes.push(before);
      return;
    }
    const then = asOf(subject, history, time, dueDays);
    outcomes.push(then ? judge(then, time) : null);
  });
  return { outcomes };
}
