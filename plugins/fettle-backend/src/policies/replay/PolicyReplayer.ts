import { ServiceUnavailableError } from '@backstage/errors';
import type {
  PolicyCounts,
  PolicyReplay,
  PolicyReplayed,
} from 'backstage-plugin-fettle-common';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Visibility } from '../../store/FettleStore';
import type { PolicyStore } from '../../store/policies/PolicyStore';
import type { Portal } from '../gaps';
import { needsOf } from '../needsOf';
import { compilePolicy } from '../Policy';
import type { Subject } from '../subject/Subject';
import { asToday } from './asToday';
import type { DueDays } from './asOf';
import { replaySubject, type Replayed } from './replaySubject';

const BATCH = 100;
const MOST_SHOWN = 500;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than anyone waits for an answer. */
const DEADLINE_MS = 60_000;

type Shown = PolicyReplayed['repositories'][number];

/** Tries a draft policy on today's repositories and on how they were. Writes nothing. */
export class PolicyReplayer {
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: {
      store: PolicyStore;
      portal: () => Promise<Portal>;
      clock: () => Date;
      dueDays: DueDays;
    },
  ) {}

  /** One at a time: each is work over the whole fleet. Throws ExpressionError where the draft is wrong. */
  async replay(
    { policy, days }: PolicyReplay,
    visibility: Visibility,
  ): Promise<PolicyReplayed> {
    const draft = compilePolicy({
      ...{ id: 'draft', title: 'Draft', ...policy, builtIn: false },
      ...{ severity: 'unknown', level: 'observe' },
      message: 'The condition does not hold.',
    });
    const run = this.#running.then(() => this.#run(draft, days, visibility));
    this.#running = run.catch(() => undefined);
    return run;
  }

  async #run(
    draft: ReturnType<typeof compilePolicy>,
    dayCount: number,
    visibility: Visibility,
  ): Promise<PolicyReplayed> {
    const { store, clock, dueDays } = this.options;
    const portal = await this.options.portal();
    const now = clock();
    const until = now.getTime() + DEADLINE_MS;
    const times = timesOf(now, dayCount);
    const needs = needsOf([draft]);
    const ids = await store.visible(visibility);
    const tally = new Tally(times);
    for (let start = 0; start < ids.length; start += BATCH) {
      const batch = ids.slice(start, start + BATCH);
      const { subjects } = await store.loadSubjects(batch, needs);
      const histories = await store.loadHistory(batch, needs, times[0]);
      for (const subject of subjects) {
        const history = histories.get(subject.id)!;
        tally.add(
          subject,
          replaySubject(draft, subject, history, times, { portal, dueDays }),
        );
        // Others want to be answered meanwhile.
        await breathe();
        if (clock().getTime() > until) {
          throw new ServiceUnavailableError(
            `The replay took longer than ${DEADLINE_MS / 1000} s, after ${
              tally.seen
            } of ${
              ids.length
            } repositories. Narrow the scope, or ask for fewer days.`,
          );
        }
      }
    }
    return { ...tally.result(), asToday: asToday(draft), reads: draft.reads };
  }
}

/** The ends of days, and now in place of the last. */
function timesOf(now: Date, dayCount: number): Date[] {
  const today = Date.parse(now.toISOString().slice(0, 10));
  const ends = Array.from(
    { length: dayCount - 1 },
    (_, i) => new Date(today - (dayCount - 2 - i) * DAY_MS - 1),
  );
  return [...ends, now];
}

class Tally {
  readonly #today: PolicyCounts = none();
  readonly #days: PolicyReplayed['days'];
  readonly #shown: Shown[] = [];
  #outOfScope = 0;
  seen = 0;

  constructor(times: readonly Date[]) {
    this.#days = times.map(time => ({
      ...{ day: time.toISOString().slice(0, 10), ...none() },
    }));
  }

  add(subject: Subject, { outcomes }: Replayed): void {
    this.seen++;
    outcomes.forEach((outcome, i) => {
      if (outcome) this.#days[i][outcome.status]++;
    });
    const today = outcomes[outcomes.length - 1];
    if (!today) {
      this.#outOfScope++;
      return;
    }
    this.#today[today.status]++;
    const { status, message, reason, rests } = today;
    if (status === 'kept') return;
    const { id, name, entities } = subject;
    const owners = entities.flatMap(({ owner }) => owner ?? []);
    this.#shown.push({
      ...{ repositoryId: id, repository: name, status, message, reason, rests },
      owners: [...new Set(owners)].sort(),
      ...this.#since(outcomes),
    });
  }

  /** How far back the run of days reaches that it has not kept the policy since. */
  #since(outcomes: Replayed['outcomes']) {
    const broken = (i: number) =>
      ['violated', 'error'].includes(outcomes[i]?.status ?? '');
    let first = outcomes.length;
    while (first > 0 && broken(first - 1)) first--;
    const since = first < outcomes.length ? this.#days[first].day : null;
    return { since, orLonger: first === 0 };
  }

  result(): Omit<PolicyReplayed, 'asToday' | 'reads'> {
    const byAge = (a: Shown, b: Shown) =>
      (a.since ?? '9').localeCompare(b.since ?? '9') ||
      a.repository.localeCompare(b.repository);
    const repositories = this.#shown.sort(byAge);
    return {
      today: this.#today,
      outOfScope: this.#outOfScope,
      repositories: repositories.slice(0, MOST_SHOWN),
      more: Math.max(0, repositories.length - MOST_SHOWN),
      days: this.#days,
    };
  }
}

function none(): PolicyCounts {
  return { kept: 0, violated: 0, error: 0, unknown: 0 };
}
