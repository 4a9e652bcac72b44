/**
 * Points as people read them, with one decimal where it matters.
 *
 * @public
 */
export function formatPoints(points: number): string {
  if (points > 0 && points < 0.05) return '<0.1';
  const rounded = Math.round(points * 10) / 10;
  return String(rounded);
}
