import fc from 'fast-check';
import { ScoredVerdict, scoreVerdicts } from './score';

const weight = fc.oneof(
  fc.integer({ min: 0, max: 10 }),
  fc.double({ min: 0.001, max: 100, noNaN: true }),
);
const verdict: fc.Arbitrary<ScoredVerdict> = fc.record({
  status: fc.constantFrom('pass', 'warn', 'fail', 'unknown', 'not-applicable'),
  weight,
});
const verdicts = fc.array(verdict, { maxLength: 30 });

const WORSE = {
  pass: ['warn', 'fail', 'unknown'],
  warn: ['fail', 'unknown'],
  fail: ['unknown'],
  unknown: [],
  'not-applicable': ['fail', 'unknown'],
} as const;

const value = (list: ScoredVerdict[]) => scoreVerdicts(list).score ?? 0;

describe('more defects never raise the score', () => {
  it('when a verdict gets worse', () => {
    fc.assert(
      fc.property(verdicts, fc.nat(), fc.nat(), (list, at, to) => {
        fc.pre(list.length > 0);
        const index = at % list.length;
        const worse = WORSE[list[index].status];
        fc.pre(worse.length > 0);
        const changed = [...list];
        changed[index] = { ...list[index], status: worse[to % worse.length] };
        expect(value(changed)).toBeLessThanOrEqual(value(list));
      }),
    );
  });

  it('when a check that fails or says nothing is added', () => {
    fc.assert(
      fc.property(
        verdicts,
        weight,
        fc.constantFrom('fail' as const, 'unknown' as const),
        (list, w, status) => {
          expect(value([...list, { status, weight: w }])).toBeLessThanOrEqual(
            value(list),
          );
        },
      ),
    );
  });

  it('stays between 0 and 100, and never above what is possible', () => {
    fc.assert(
      fc.property(verdicts, list => {
        const { score, upTo, lines } = scoreVerdicts(list);
        if (score === null) return;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(upTo!);
        expect(upTo).toBeLessThanOrEqual(100);
        const sum = lines.reduce((total, line) => total + line.points, 0);
        expect(Math.abs(sum - score)).toBeLessThan(1 + 1e-6);
      }),
    );
  });
});
