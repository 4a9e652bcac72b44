import { ConfigReader } from '@backstage/config';
import { AUTOMATION, NO_LIMITS } from '../testRemediations';
import { CLOSED, askBreaker, tellBreaker } from '../breaker/breaker';
import { decideAdmission, type Circumstances } from './decideAdmission';
import { activeFreeze, readFreeze } from './freezes';

const NOW = new Date('2026-06-01T12:00:00Z');
const freeze = (data: object) =>
  readFreeze(new ConfigReader({ title: 'F', ...data } as never));

describe('freezes', () => {
  const once = freeze({
    ...{ from: '2026-12-23T00:00', to: '2027-01-02T00:00' },
    timeZone: 'Europe/Zurich',
  });
  const weekends = freeze({ days: ['sat', 'sun'], from: '00:00', to: '24:00' });
  const nights = freeze({
    ...{ days: ['mon', 'tue'], from: '22:00', to: '06:00' },
    timeZone: 'Europe/Zurich',
  });
  it.each([
    // One hour before midnight UTC it is the next day in Zürich.
    ['once', once, '2026-12-22T23:00:00Z', '2027-01-01T23:00:00Z'],
    ['before it', once, '2026-12-22T22:59:59Z', null],
    ['at its end', once, '2027-01-01T23:00:00Z', null],
    // Saturday and Sunday touch.
    ['a weekend', weekends, '2026-06-06T00:00:00Z', '2026-06-08T00:00:00Z'],
    ['a Friday', weekends, '2026-06-05T23:59:59Z', null],
    ['over midnight', nights, '2026-06-01T21:00:00Z', '2026-06-02T04:00:00Z'],
    ['after a Tuesday', nights, '2026-06-03T03:00:00Z', '2026-06-03T04:00:00Z'],
    ['on a Wednesday', nights, '2026-06-03T21:00:00Z', null],
    // Clocks go forward: 02:30 is not there, the end is.
    [
      'in the night of the change',
      freeze({
        ...{ days: ['sun'], from: '00:00', to: '04:00' },
        timeZone: 'Europe/Zurich',
      }),
      ...(['2026-03-28T23:30:00Z', '2026-03-29T02:00:00Z'] as const),
    ],
  ])('hold %s', (_, window, now, until) => {
    const active = activeFreeze([window], new Date(now));
    expect(active?.until ?? null).toEqual(until && new Date(until));
  });

  it.each([
    [{ from: 'x', to: 'y' }, "from 'x' is not a local time"],
    [
      { from: '2026-01-02T00:00', to: '2026-01-01T00:00' },
      'not later than from',
    ],
    [{ from: '25:00', to: '26:00', days: ['mon'] }, 'not a time like 08:00'],
    [{ from: '08:00', to: '09:00', days: ['monday'] }, 'not one of mon'],
    [{ from: '08:00', to: '09:00', timeZone: 'Mars' }, 'not a time zone'],
  ])('are refused as %j', (data, message) => {
    expect(() => freeze(data)).toThrow(message);
  });
});

describe('a circuit breaker', () => {
  const settings = { failures: 2, withinMs: 3600_000, coolOffMs: 600_000 };
  const reason = { code: 'x', message: 'm', action: 'a' };
  const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
  const fail = (breaker = CLOSED, seconds = 0, id = 'r') =>
    tellBreaker(
      breaker,
      id,
      { kind: 'failed', reason },
      {
        ...{ now: later(seconds), settings },
      },
    );

  it('opens by failures that are near each other', () => {
    expect(fail(fail(), 3601).state).toBe('closed');
    const open = fail(fail(), 3599);
    expect(open).toMatchObject({ state: 'open', reason });
    expect(askBreaker(open, 'a', later(3600))).toEqual({ hold: open });
  });

  it('lets one through after its cool-off, which decides', () => {
    const open = fail(fail(), 1);
    const asked = askBreaker(open, 'a', later(602)) as { next: typeof open };
    expect(asked.next).toMatchObject({ state: 'half-open', trial: 'a' });
    expect(askBreaker(asked.next, 'b', later(603))).toHaveProperty('hold');
    const tell = (id: string, kind: 'healed' | 'ended') =>
      tellBreaker(asked.next, id, { kind }, { now: later(700), settings });
    expect(tell('b', 'healed').state).toBe('half-open');
    expect(tell('a', 'healed')).toEqual(CLOSED);
    expect(tell('a', 'ended')).toMatchObject({ state: 'open', trial: null });
    expect(fail(asked.next, 700, 'a')).toMatchObject({
      ...{ state: 'open', retryAt: later(1300).toISOString() },
    });
  });
});

describe('admission', () => {
  const count = { open: 0, lastHour: 0, firstOfHour: null };
  const day = {
    repositories: 0,
    hasThis: false,
    files: 0,
    lines: 0,
    first: null,
  };
  const free: Circumstances = {
    ...{ stopped: null, breaker: CLOSED, closed: null, lockedBy: null },
    usage: { playbook: count, host: count, fleet: count, day, fleetSize: 100 },
    ...{ repeated: null, alternates: false },
  };
  const usage = (part: Partial<Circumstances['usage']>) => ({
    usage: { ...free.usage, ...part },
  });
  const hour = '2026-06-01T11:30:00.000Z';

  const rows: [string, Partial<Circumstances>, object, string, string?][] = [
    [
      'the kill switch',
      { stopped: { reason: 'r', actor: 'a' } },
      {},
      'stopped',
    ],
    [
      'what was closed',
      { closed: { at: 'x', actor: null } },
      {},
      'closed-before',
    ],
    ['a loop', { repeated: { key: 'k', times: 3 } }, {}, 'loop'],
    ['contents that alternate', { alternates: true }, {}, 'alternating'],
    ['another one', { lockedBy: { id: 'x', title: 't' } }, {}, 'busy'],
    [
      'open changes of the host',
      usage({ host: { ...count, open: 50 } }),
      ...([{}, 'limit-openChanges', '2026-06-01T12:01:00.000Z'] as const),
    ],
    [
      'changes in the last hour',
      usage({ playbook: { ...count, lastHour: 2, firstOfHour: hour } }),
      { changesPerHour: 2 },
      ...(['limit-changesPerHour', '2026-06-01T12:30:01.000Z'] as const),
    ],
    [
      'repositories in a day',
      usage({ day: { ...day, repositories: 2, first: hour } }),
      { repositoriesPerDay: 2 },
      ...(['limit-repositoriesPerDay', '2026-06-02T11:30:01.000Z'] as const),
    ],
    [
      'its share of the fleet',
      usage({ day: { ...day, repositories: 10 } }),
      ...([{ shareOfFleetPerDay: 0.1 }, 'limit-shareOfFleetPerDay'] as const),
    ],
    [
      'files in a day',
      usage({ day: { ...day, files: 9 } }),
      ...([{ filesPerDay: 10 }, 'limit-filesPerDay'] as const),
    ],
    [
      'lines in a day',
      usage({ day: { ...day, lines: 91 } }),
      ...([{ linesPerDay: 100 }, 'limit-linesPerDay'] as const),
    ],
    // The same repository again is no further one.
    [
      'nothing, in the same repository',
      usage({ day: { ...day, repositories: 2, hasThis: true } }),
      ...([{ repositoriesPerDay: 2 }, ''] as const),
    ],
    // One tenth of five repositories is none: then nothing would ever happen.
    [
      'nothing, in a small fleet',
      usage({ day, fleetSize: 5 }),
      ...([{ shareOfFleetPerDay: 0.1 }, ''] as const),
    ],
  ];
  it.each(
    rows.map(([what, now, limits, code, until]) => ({
      ...{ what, now, limits, code, until },
    })),
  )('is held back by $what', ({ now, limits, code, until }) => {
    const admission = decideAdmission(
      {
        ...{ id: 'r', repository: 'ledger', host: 'h' },
        playbook: { id: 'p', title: 'P', limits: { ...NO_LIMITS, ...limits } },
        ...{ filesChanged: 2, linesChanged: 10 },
      },
      { ...free, ...now },
      ...([AUTOMATION, NOW] as const),
    );
    expect('reason' in admission ? admission.reason.code : '').toBe(code);
    expect(admission).toMatchObject(until ? { until: new Date(until) } : {});
  });
});
