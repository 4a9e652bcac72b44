import { formatSpan } from './formatSpan';

describe('formatSpan', () => {
  it.each([
    [0, '0s'],
    [400, '<1s'],
    [59_999, '59s'],
    [60_000, '1m 00s'],
    [252_400, '4m 12s'],
    [3_600_000, '1h 00m'],
    [47 * 3_600_000 + 59 * 60_000, '47h 59m'],
    [52 * 3_600_000, '2d 4h'],
  ])('says %s ms as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });

  it('never says less than nothing', () => {
    expect(formatSpan(-30_000)).toBe('0s');
  });
});
