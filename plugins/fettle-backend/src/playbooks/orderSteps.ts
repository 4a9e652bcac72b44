import { PlaybookError } from './PlaybookError';

/** Steps in an order in which each follows those that it depends on; those that may come first keep their order. */
export function orderSteps<T extends { id: string; dependsOn: string[] }>(
  steps: readonly T[],
): T[] {
  const ids = new Set<string>();
  for (const [i, { id }] of steps.entries()) {
    if (ids.has(id)) {
      throw new PlaybookError(
        `There are two steps with the id '${id}'. Give each its own`,
        ['steps', i, 'id'],
      );
    }
    ids.add(id);
  }
  for (const [i, { dependsOn }] of steps.entries()) {
    const j = dependsOn.findIndex(id => !ids.has(id));
    if (j === -1) continue;
    throw new PlaybookError(
      `There is no step '${dependsOn[j]}'. There is: ${[...ids].join(', ')}`,
      ['steps', i, 'dependsOn', j],
    );
  }
  const ordered: T[] = [];
  const done = new Set<string>();
  const left = new Set(steps);
  while (left.size > 0) {
    const next = [...left].find(step =>
      step.dependsOn.every(id => done.has(id)),
    );
    if (!next) {
      const [first] = left;
      const circle = [...left].map(({ id }) => id).join(', ');
      throw new PlaybookError(
        `These steps wait for each other: ${circle}. Take one out of 'dependsOn'`,
        ['steps', steps.indexOf(first), 'dependsOn'],
      );
    }
    ordered.push(next);
    done.add(next.id);
    left.delete(next);
  }
  return ordered;
}
