import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const TIME = /^([01]\d|2[0-4]):([0-5]\d)$/;
/** Windows of days that touch are one; looked at this far ahead. */
const DAYS_AHEAD = 15;

/** A window in which nothing is changed, once or on days of the week. */
export interface FreezeWindow {
  title: string;
  /** Local time without a zone; with `days`, a time of the day such as `08:00`. */
  from: string;
  to: string;
  timeZone: string;
  /** Of the week, from 1 for Monday; null for once. */
  days: number[] | null;
}

/** A bad value throws with its key, the value and what would be right. */
export function readFreeze(config: Config): FreezeWindow {
  const title = config.getString('title');
  const wrong = (key: string, value: unknown, right: string) =>
    new InputError(
      `Invalid config at 'fettle.automation.freezes' of '${title}': ${key} '${value}' is not ${right}.`,
    );
  const timeZone = config.getOptionalString('timeZone') ?? 'UTC';
  if (!IANAZone.isValidZone(timeZone)) {
    throw wrong('timeZone', timeZone, 'a time zone such as Europe/Zurich');
  }
  const days = config.getOptionalStringArray('days')?.map(day => {
    const index = DAYS.indexOf(day);
    if (index < 0) throw wrong('days', day, `one of ${DAYS.join(', ')}`);
    return index + 1;
  });
  const [from, to] = ['from', 'to'].map(key => {
    const value = config.getString(key);
    if (days && !TIME.test(value)) throw wrong(key, value, 'a time like 08:00');
    const time = DateTime.fromISO(value, { zone: timeZone });
    if (!days && !time.isValid) {
      throw wrong(key, value, 'a local time like 2026-12-23T00:00');
    }
    return value;
  });
  if (!days && localTime(from, timeZone) >= localTime(to, timeZone)) {
    throw wrong('to', to, `later than from '${from}'`);
  }
  return { title, from, to, timeZone, days: days ?? null };
}

/** The freeze that holds now, and when none holds any more. */
export function activeFreeze(
  freezes: readonly FreezeWindow[],
  now: Date,
): { title: string; until: Date } | null {
  let time = now.getTime();
  let title: string | undefined;
  // One window may begin before another ends.
  for (let round = 0; round <= freezes.length * DAYS_AHEAD; round += 1) {
    const active = endsAt(freezes, time);
    if (active.length === 0) break;
    title ??= active[0].title;
    time = Math.max(...active.map(({ end }) => end));
  }
  return title === undefined ? null : { title, until: new Date(time) };
}

function endsAt(freezes: readonly FreezeWindow[], at: number) {
  return freezes.flatMap(freeze => {
    const end = endOf(freeze, at);
    return end === undefined ? [] : [{ title: freeze.title, end }];
  });
}

/** When a window ends that holds at this time; undefined where it does not hold. */
export function endOf(freeze: FreezeWindow, at: number): number | undefined {
  const { from, to, timeZone, days } = freeze;
  if (!days) {
    const [start, end] = [from, to].map(text => localTime(text, timeZone));
    return start <= at && at < end ? end : undefined;
  }
  const today = DateTime.fromMillis(at, { zone: timeZone }).startOf('day');
  // A window that began yesterday may reach over midnight.
  for (const day of [today.minus({ days: 1 }), today]) {
    if (!days.includes(day.weekday)) continue;
    const start = onDay(day, from);
    const sameDay = onDay(day, to);
    const end = sameDay > start ? sameDay : onDay(day.plus({ days: 1 }), to);
    if (start <= at && at < end) return end;
  }
  return undefined;
}

function localTime(text: string, zone: string): number {
  return DateTime.fromISO(text, { zone }).toMillis();
}

function onDay(day: DateTime, time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  // `24:00` is the beginning of the next day, also where the clock is changed.
  return (hour === 24 ? day.plus({ days: 1 }) : day.set({ hour, minute }))
    .startOf('minute')
    .toMillis();
}
