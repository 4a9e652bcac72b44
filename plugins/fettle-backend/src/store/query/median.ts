/** How often a score occurs. */
export interface Occurrence {
  score: number;
  count: number;
}

/** The exact median; the mean of the middle two where their number is even. Null without scores. */
export function medianOf(occurrences: readonly Occurrence[]): number | null {
  const sorted = [...occurrences].sort((a, b) => a.score - b.score);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const at = (position: number) => {
    let passed = 0;
    return sorted.find(({ count }) => {
      passed += count;
      return passed > position;
    })!.score;
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}
