import { countOutcomes, successRate, wilson } from './successRate';

describe('the success rate', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion,
  // Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d lies from %d to %d', (successes, of, low, high) => {
    const found = wilson(successes, of);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  const count = {
    ...{ playbookId: 'p', host: 'h', outcome: 'healed', state: null },
    ...{ personActed: false, falseHeal: false, overdue: false, problems: 1 },
  };

  it('counts what speaks against it', () => {
    const counts = [
      { ...count, problems: 8 },
      { ...count, personActed: true },
      { ...count, falseHeal: true },
      { ...count, outcome: 'failed' },
      { ...count, outcome: null, state: 'blocked', overdue: true },
      { ...count, outcome: null, state: 'open' },
      { ...count, outcome: 'recovered' },
      // Gone while it was held up, and when it was overdue.
      { ...count, outcome: 'recovered', personActed: true },
      { ...count, outcome: 'recovered', overdue: true },
    ];
    expect(successRate(counts, { problems: 40, covered: 10 })).toMatchObject({
      ...{ problems: 14, healed: 8, rate: 8 / 14, falseHeals: 1 },
      coverage: 0.25,
    });
    expect(countOutcomes(counts)).toMatchObject({
      ...{ healed: 10, failed: 1, blocked: 1, running: 1, recovered: 3 },
    });
  });

  it('is unknown for nothing', () => {
    expect(successRate([], null)).toEqual({
      ...{ problems: 0, healed: 0, rate: null, low: null, high: null },
      ...{ coverage: null, falseHeals: 0 },
    });
  });
});
