import { inBatches } from './inBatches';

it.each<[string, number[], number[][]]>([
  ['nothing', [], []],
  ['so many', [1, 1, 1, 1], [[1, 1, 1], [1]]],
  [
    'fewer where they are large',
    [6, 4, 1, 9],
    [
      [6, 4],
      [1, 9],
    ],
  ],
  ['one that is larger than all', [1, 25, 1], [[1], [25], [1]]],
])('gives %s', (_, items, expected) => {
  const weighed = { bytesOf: (item: number) => item, bytes: 10 };
  expect([...inBatches(items, 3, weighed)]).toEqual(expected);
});

it('holds no more than one batch', () => {
  let taken = 0;
  function* items() {
    for (;;) {
      taken += 1;
      yield 4;
    }
  }
  const weighed = { bytesOf: (item: number) => item, bytes: 10 };
  const batches = inBatches(items(), 400, weighed);
  expect(batches.next().value).toEqual([4, 4]);
  expect(taken).toBe(3);
});
