import { shannonEntropy } from './shannonEntropy';

it.each([
  ['', 0],
  ['aaaa', 0],
  ['abab', 1],
  ['abcd', 2],
  ['0123456789abcdef', 4],
  // Worked out by hand: one half, one quarter, two eighths.
  ['aaaabbcd', 1.75],
])('of %s is %d bits', (text, bits) => {
  expect(shannonEntropy(text)).toBeCloseTo(bits, 10);
});
