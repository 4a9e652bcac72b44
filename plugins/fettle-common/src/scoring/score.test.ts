import { scoreLevel, scoreVerdicts } from './score';

const v = (status: any, weight = 1) => ({ status, weight });

describe('scoreVerdicts', () => {
  it.each([
    ['everything passes', [v('pass'), v('pass', 3)], 100, 100],
    ['a warning earns half', [v('pass'), v('warn')], 75, 75],
    ['a failure earns nothing', [v('pass', 3), v('fail', 1)], 75, 75],
    [
      'unknown earns nothing, and says what it may bring',
      [v('pass'), v('unknown')],
      50,
      100,
    ],
    [
      'what does not apply takes no part',
      [v('pass'), v('not-applicable', 9)],
      100,
      100,
    ],
    [
      'nothing known is unknown, not zero',
      [v('unknown'), v('unknown')],
      null,
      null,
    ],
    ['no verdicts', [], null, null],
    ['only weightless verdicts', [v('pass', 0)], null, null],
    [
      'rounded down, so that 100 means all',
      [v('pass', 999), v('fail', 1)],
      99,
      99,
    ],
    [
      'weights that do not add up in binary',
      [v('pass', 0.1), v('pass', 0.2), v('pass', 0.7)],
      100,
      100,
    ],
  ] as const)('%s', (_name, verdicts, score, upTo) => {
    const result = scoreVerdicts(verdicts);
    expect(result.score).toBe(score);
    expect(result.upTo).toBe(upTo);
  });

  it('explains every point', () => {
    const { lines, score } = scoreVerdicts([
      v('pass', 2),
      v('warn', 1),
      v('fail', 1),
    ]);
    expect(lines).toEqual([
      { points: 50, worth: 0 },
      { points: 12.5, worth: 12.5 },
      { points: 0, worth: 25 },
    ]);
    expect(score).toBe(62);
  });

  it('counts by status', () => {
    expect(
      scoreVerdicts([v('pass'), v('unknown'), v('not-applicable')]).counts,
    ).toEqual({ pass: 1, warn: 0, fail: 0, unknown: 1, notApplicable: 1 });
  });
});

describe('scoreLevel', () => {
  it.each([
    [100, 'good'],
    [80, 'good'],
    [79, 'fair'],
    [60, 'fair'],
    [59, 'poor'],
    [0, 'poor'],
    [null, 'unknown'],
  ] as const)('%p is %s', (score, level) => {
    expect(scoreLevel(score)).toBe(level);
  });
});
