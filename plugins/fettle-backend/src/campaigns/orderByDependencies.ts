/** A repository, and those of the campaign whose packages it uses. */
export interface Node {
  id: string;
  name: string;
  uses: readonly string[];
}

/** An order in which libraries come before their users. */
export interface Ordered {
  order: string[];
  /** What had to be left out of account, as repositories use each other. */
  broken: { user: string; library: string }[];
}

/**
 * Libraries before their users, by name among those that are free to go. Where
 * repositories use each other, the one that waits for the fewest goes first,
 * then by name: the same repositories always give the same order.
 */
export function orderByDependencies(nodes: readonly Node[]): Ordered {
  const known = new Map(nodes.map(node => [node.id, node]));
  const waitsFor = new Map(
    nodes.map(({ id, uses }) => [
      id,
      new Set(uses.filter(one => one !== id && known.has(one))),
    ]),
  );
  const usersOf = new Map<string, string[]>();
  for (const [user, libraries] of waitsFor) {
    for (const library of libraries) {
      usersOf.set(library, [...(usersOf.get(library) ?? []), user]);
    }
  }
  const byName = (a: string, b: string) =>
    compare(known.get(a)!.name, known.get(b)!.name) || compare(a, b);
  const left = new Set([...known.keys()].sort(byName));
  const order: string[] = [];
  const broken: Ordered['broken'] = [];
  const place = (id: string) => {
    left.delete(id);
    order.push(id);
    for (const user of usersOf.get(id) ?? []) waitsFor.get(user)!.delete(id);
  };
  while (left.size > 0) {
    const free = [...left].filter(id => waitsFor.get(id)!.size === 0);
    if (free.length > 0) {
      free.forEach(place);
      continue;
    }
    const inCycle = [...left].filter(id => reaches(id, id, waitsFor));
    const first = inCycle.reduce((best, id) =>
      waitsFor.get(id)!.size < waitsFor.get(best)!.size ? id : best,
    );
    for (const library of [...waitsFor.get(first)!].sort(byName)) {
      broken.push({ user: first, library });
    }
    place(first);
  }
  return { order, broken };
}

/** Whether one waits, over others, for itself: those that only wait for a cycle do not break it. */
function reaches(
  from: string,
  to: string,
  waitsFor: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const seen = new Set<string>();
  const open = [...waitsFor.get(from)!];
  while (open.length > 0) {
    const id = open.pop()!;
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(waitsFor.get(id) ?? []));
  }
  return false;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
