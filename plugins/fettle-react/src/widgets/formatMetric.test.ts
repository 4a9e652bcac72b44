import { formatMetric } from './formatMetric';

const rate = ({ per, n }: { per: string; n: string }) => `${n} a ${per}`;

describe('formatMetric', () => {
  it.each([
    ['share', 0.956, '96 %'],
    ['share', 1, '100 %'],
    ['share', 0.999, '>99 %'],
    ['share', 0.001, '<1 %'],
    ['share', 0, '0 %'],
    ['ms', 252_000, '4m 12s'],
    ['per-day', 12.4, '12 a day'],
    ['per-day', 2, '2 a day'],
    ['per-day', 0.5, '3.5 a week'],
    ['per-day', 0.1, '3 a month'],
    ['per-day', 0, '0 a day'],
  ] as const)('says a %s of %s as %s', (unit, value, text) => {
    expect(formatMetric({ unit, value }, rate)).toBe(text);
  });

  it('says nothing of what is not known', () => {
    expect(formatMetric({ unit: 'ms', value: null }, rate)).toBeUndefined();
  });
});
