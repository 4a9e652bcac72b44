const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Spans of time that people count in, and whose half they count in too. */
const SPANS = [
  ...[2, 4, 10, 20, 30, 60].map(n => n * SECOND),
  ...[2, 4, 10, 20, 30, 60].map(n => n * MINUTE),
  ...[2, 4, 8, 12, 24, 48].map(n => n * HOUR),
];

/** Where an axis of counts ends: round, and so is its half. */
export function roundCount(most: number): number {
  for (let scale = 1; ; scale *= 10) {
    const top = [2, 4, 6, 8].map(n => n * scale).find(n => n >= most);
    if (top !== undefined) return top;
  }
}

/** Where an axis of spans of time, in milliseconds, ends. */
export function roundSpan(most: number): number {
  const known = SPANS.find(span => span >= most);
  return known ?? roundCount(most / (24 * HOUR)) * 24 * HOUR;
}
