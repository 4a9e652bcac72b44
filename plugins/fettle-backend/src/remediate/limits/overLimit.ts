import type { Reason } from 'backstage-plugin-fettle-common';
import type { AutomationConfig } from '../AutomationConfig';
import type { Asking } from './Asking';

/** What was let through. */
export interface Count {
  /** Being applied, or with an open change. */
  open: number;
  /** In the last hour. */
  lastHour: number;
  /** The first of the last hour, ISO 8601. */
  firstOfHour: string | null;
}

/** How much of the limits is used. */
export interface Usage {
  playbook: Count;
  host: Count;
  fleet: Count;
  /** Of the playbook, in the last 24 hours. */
  day: {
    repositories: number;
    /** Whether the repository that asks is among them. */
    hasThis: boolean;
    files: number;
    lines: number;
    /** The first, ISO 8601. */
    first: string | null;
  };
  /** Repositories in the fleet. */
  fleetSize: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The first limit that one more would go over, and when that may be over. */
export function overLimit(
  asking: Asking,
  usage: Usage,
  { limits: shared }: Pick<AutomationConfig, 'limits'>,
  now: Date,
): { reason: Reason; until: Date } | null {
  const { playbook, host } = asking;
  const { limits } = playbook;
  const soon = new Date(now.getTime() + MINUTE_MS);
  const after = (first: string | null, ms: number) => {
    const until = first === null ? now.getTime() : Date.parse(first) + ms;
    return new Date(Math.max(until, now.getTime()) + 1000);
  };
  const scopes = [
    { of: `'${playbook.title}'`, count: usage.playbook, most: limits },
    { of: host, count: usage.host, most: shared.host },
    { of: 'the fleet', count: usage.fleet, most: shared.fleet },
  ];
  for (const { of, count, most } of scopes) {
    if (most.openChanges !== null && count.open >= most.openChanges) {
      return over(`${count.open} changes of ${of} are open`, most.openChanges, {
        limit: 'openChanges',
        until: soon,
      });
    }
    if (most.changesPerHour !== null && count.lastHour >= most.changesPerHour) {
      return over(
        `${count.lastHour} changes of ${of} were made in the last hour`,
        most.changesPerHour,
        { limit: 'changesPerHour', until: after(count.firstOfHour, HOUR_MS) },
      );
    }
  }
  const { day } = usage;
  const until = after(day.first, 24 * HOUR_MS);
  const repositories = day.repositories + (day.hasThis ? 0 : 1);
  const share =
    limits.shareOfFleetPerDay === null
      ? Infinity
      : // A small fleet would else never have any.
        Math.max(1, Math.floor(limits.shareOfFleetPerDay * usage.fleetSize));
  const daily: {
    limit:
      | 'repositoriesPerDay'
      | 'shareOfFleetPerDay'
      | 'filesPerDay'
      | 'linesPerDay';
    what: string;
    used: number;
    most: number;
  }[] = [
    {
      ...{ limit: 'repositoriesPerDay', what: 'repositories' },
      ...{ used: repositories, most: limits.repositoriesPerDay ?? Infinity },
    },
    {
      ...{ limit: 'shareOfFleetPerDay', what: 'repositories' },
      ...{ used: repositories, most: share },
    },
    {
      ...{ limit: 'filesPerDay', what: 'files' },
      used: day.files + asking.filesChanged,
      most: limits.filesPerDay ?? Infinity,
    },
    {
      ...{ limit: 'linesPerDay', what: 'lines' },
      used: day.lines + asking.linesChanged,
      most: limits.linesPerDay ?? Infinity,
    },
  ];
  for (const one of daily) {
    if (one.used <= one.most) continue;
    return over(
      `With this one '${playbook.title}' would change ${one.used} ${one.what} in a day`,
      ...([one.most, { limit: one.limit, until }] as const),
    );
  }
  return null;
}

function over(
  what: string,
  most: number,
  { limit, until }: { limit: string; until: Date },
) {
  return {
    reason: {
      code: `limit-${limit}`,
      message: `${what}, and the limit is ${most}.`,
      action: `It goes on by itself when there is room, or raise ${limit}.`,
    },
    until,
  };
}
