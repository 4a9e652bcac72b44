/**
 * Puts together what shares a name, and what shares a name with that, and so
 * on. Groups and their members keep the order given.
 */
export function groupByNames<T>(
  items: readonly T[],
  namesOf: (item: T) => readonly string[],
): T[][] {
  if (items.length < 2) return items.map(item => [item]);
  const parents = items.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parents[at] !== at) at = parents[at] = parents[parents[at]];
    return at;
  };
  const owners = new Map<string, number>();
  items.forEach((item, i) => {
    for (const name of namesOf(item)) {
      const owner = owners.get(name);
      if (owner === undefined) {
        owners.set(name, i);
      } else {
        const [a, b] = [root(owner), root(i)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });
  const groups = new Map<number, T[]>();
  items.forEach((item, i) => {
    const group = groups.get(root(i));
    if (group) group.push(item);
    else groups.set(root(i), [item]);
  });
  return [...groups.values()];
}

const RANKS: readonly RegExp[] = [/^CVE-/, /^GHSA-/, /^(?!MAL-)/];

/** The best known first: CVEs, then GHSA ids, then others; the oldest of each. */
export function byRenown(names: Iterable<string>): string[] {
  const rank = (name: string) => {
    const found = RANKS.findIndex(pattern => pattern.test(name));
    return found < 0 ? RANKS.length : found;
  };
  return [...new Set(names)].sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en', { numeric: true }),
  );
}
