import { fillDays } from './fillDays';
import { roundCount, roundSpan } from './roundTop';

const NOW = new Date('2026-05-04T12:00:00Z');

const day = (name: string) => ({
  ...{ day: name, runs: 3, succeeded: 2, failed: 1 },
  ...{ durationP50: 1, durationP95: 2, queueP50: 0 },
});

describe('the days of a chart', () => {
  it('are all of the window, those without runs included, and end today', () => {
    const days = fillDays([day('2026-05-02')], { days: 3, now: NOW });
    expect(days.map(one => [one.day, one.runs])).toEqual([
      ['2026-05-02', 3],
      ['2026-05-03', 0],
      ['2026-05-04', 0],
    ]);
    expect(days[1].durationP50).toBeNull();
  });

  it('end where the newest is, if that is after today', () => {
    const days = fillDays([day('2026-05-05')], { days: 2, now: NOW });
    expect(days.map(one => one.day)).toEqual(['2026-05-04', '2026-05-05']);
  });

  it('leave out what is before the window', () => {
    const days = fillDays([day('2026-04-01')], { days: 7, now: NOW });
    expect(days.every(({ runs }) => runs === 0)).toBe(true);
  });
});

describe('the end of an axis', () => {
  it.each([
    [0, 2],
    [3, 4],
    [9, 20],
    [81, 200],
    [400, 400],
  ])('of counts up to %d is %d', (most, top) => {
    expect(roundCount(most)).toBe(top);
  });

  it.each([
    [900, 2_000],
    [41_000, 60_000],
    [61_000, 120_000],
    [3 * 86_400_000, 4 * 86_400_000],
  ])('of %d ms is %d ms', (most, top) => {
    expect(roundSpan(most)).toBe(top);
  });
});
