/** `a, b and 3 more`: what fits into one sentence. */
export function firstOf(items: readonly string[], shown = 3): string {
  const rest = items.length - shown;
  if (rest > 0) return `${items.slice(0, shown).join(', ')} and ${rest} more`;
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
