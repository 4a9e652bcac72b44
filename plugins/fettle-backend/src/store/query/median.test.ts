import { medianOf } from './median';

describe('medianOf', () => {
  it.each([
    ['no scores', [], null],
    ['one', [[40, 1]], 40],
    [
      'an odd number',
      [
        [90, 1],
        [10, 1],
        [20, 1],
      ],
      20,
    ],
    [
      'an even number',
      [
        [10, 1],
        [20, 1],
        [25, 1],
        [90, 1],
      ],
      22.5,
    ],
    [
      'many of one',
      [
        [0, 5],
        [100, 2],
      ],
      0,
    ],
    [
      'halves',
      [
        [0, 3],
        [100, 3],
      ],
      50,
    ],
  ] as [string, [number, number][], number | null][])(
    'of %s',
    (_, occurrences, median) => {
      expect(
        medianOf(occurrences.map(([score, count]) => ({ score, count }))),
      ).toBe(median);
    },
  );
});
