import { clockTime, spanOf } from './spans';
import { formatDuration } from './formatDuration';
import { formatPoints } from './formatPoints';

describe('spanOf', () => {
  it.each([
    [0, 0, 'seconds'],
    [59_999, 59, 'seconds'],
    [60_000, 1, 'minutes'],
    [3_599_999, 59, 'minutes'],
    [3_600_000, 1, 'hours'],
    [47 * 3_600_000, 47, 'hours'],
    [48 * 3_600_000, 2, 'days'],
  ])('says %d ms as %d %s', (ms, n, unit) => {
    expect(spanOf(ms)).toEqual({ n, unit });
  });

  it('never says that something happens in the future', () => {
    expect(spanOf(-5_000)).toEqual({ n: 0, unit: 'seconds' });
  });
});

describe('clockTime', () => {
  const at = new Date(2026, 4, 20, 14, 2);

  it('leaves the date out on the same day', () => {
    expect(clockTime(at, new Date(2026, 4, 20, 23))).not.toMatch(/May/);
    expect(clockTime(at, new Date(2026, 4, 21, 1))).toMatch(/May/);
  });
});

describe('formatDuration', () => {
  it('names the largest whole unit', () => {
    expect(formatDuration(86_400)).toBe('24 hr');
    expect(formatDuration(3 * 86_400)).toBe('3 days');
  });
});

describe('formatPoints', () => {
  it.each([
    [0, '0'],
    [12, '12'],
    [13.333, '13.3'],
    [0.01, '<0.1'],
  ])('says %d as %s', (points, said) => {
    expect(formatPoints(points)).toBe(said);
  });
});
