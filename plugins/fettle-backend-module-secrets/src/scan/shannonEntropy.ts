/** Bits for each byte, as gitleaks counts them: C. E. Shannon, A Mathematical Theory of Communication, 1948. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const bytes = Buffer.byteLength(text);
  let entropy = 0;
  for (const count of counts.values()) {
    const share = count / bytes;
    entropy -= share * Math.log2(share);
  }
  return entropy;
}
