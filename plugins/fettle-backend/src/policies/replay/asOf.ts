import type {
  Subject,
  SubjectFinding,
  SubjectVerdict,
} from '../subject/Subject';
import type { PastFinding, SubjectHistory } from './SubjectHistory';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days until a finding is due, by severity. */
export type DueDays = Readonly<Record<string, number | undefined>>;

/**
 * A repository as it was at a time, from what it is now and what was kept of
 * its changes; undefined where it was not read by then.
 */
export function asOf(
  subject: Subject,
  history: SubjectHistory,
  time: Date,
  dueDays: DueDays,
): Subject | undefined {
  const at = time.toISOString();
  const day = at.slice(0, 10);
  const { firstReadOn, firstScannedOn } = history;
  if (firstReadOn === null || day < firstReadOn) return undefined;
  const scanned = firstScannedOn !== null && day >= firstScannedOn;
  return {
    ...subject,
    ...rootAsOf(subject, history, at),
    verdicts: verdictsAsOf(subject, history, at),
    scans: scanned ? subject.scans : [],
    findings: history.findings.flatMap(
      past => findingAsOf(past, at, dueDays) ?? [],
    ),
  };
}

/** Takes back what changed since, newest first. */
function rootAsOf(
  { score, state }: Subject,
  { changes }: SubjectHistory,
  at: string,
) {
  const before = { score, state };
  for (const change of changes) {
    if (change.at <= at) break;
    if (change.subpath !== '') continue;
    before.score = change.fromScore;
    before.state = change.fromState;
  }
  return before;
}

function verdictsAsOf(
  subject: Subject,
  { changes }: SubjectHistory,
  at: string,
): SubjectVerdict[] {
  const key = (subpath: string, check: string) => `${subpath}\0${check}`;
  const verdicts = new Map(
    subject.verdicts.map(one => [key(one.subpath, one.check), one]),
  );
  for (const change of changes) {
    if (change.at <= at) break;
    for (const { checkId, from } of change.verdicts) {
      const place = key(change.subpath, checkId);
      const verdict = verdicts.get(place);
      if (from === null) verdicts.delete(place);
      else if (verdict) verdicts.set(place, { ...verdict, status: from });
    }
  }
  return [...verdicts.values()];
}

/** Undefined where it was not there, or fixed. */
function findingAsOf(
  { finding, events }: PastFinding,
  at: string,
  dueDays: DueDays,
): SubjectFinding | undefined {
  let state: SubjectFinding['state'] | undefined;
  let openedAt = finding.openedAt;
  for (const event of events) {
    if (event.at > at) break;
    if (event.event === 'fixed') state = undefined;
    else if (event.event === 'accepted' || event.event === 'false-positive') {
      state = event.event;
    } else {
      state = 'open';
      if (event.event !== 'exception-ended') openedAt = event.at;
    }
  }
  if (state === undefined) return undefined;
  const days = dueDays[finding.severity];
  const dueAt =
    state !== 'open' || days === undefined
      ? null
      : new Date(Date.parse(openedAt) + days * DAY_MS).toISOString();
  return { ...finding, state, openedAt, dueAt };
}

/** Whether anything is known to have changed between two times. */
export function changedBetween(
  { changes, findings, firstScannedOn }: SubjectHistory,
  from: Date,
  to: Date,
): boolean {
  const [after, until] = [from.toISOString(), to.toISOString()];
  const between = ({ at }: { at: string }) => at > after && at <= until;
  return (
    changes.some(between) ||
    findings.some(({ events }) => events.some(between)) ||
    firstScannedOn === until.slice(0, 10)
  );
}
