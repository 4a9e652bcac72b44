const ALPHABETS = {
  digits: '0123456789',
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
};

/** As mixed as a real secret, and the same each time: no file of this project holds what looks like one. */
export function made(
  alphabet: keyof typeof ALPHABETS,
  length: number,
  seed = 1,
): string {
  const letters = ALPHABETS[alphabet];
  let state = seed * 2654435761;
  return Array.from({ length }, () => {
    // Numerical Recipes, 2nd edition, 7.1: a quick generator.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return letters[(state >>> 16) % letters.length];
  }).join('');
}
