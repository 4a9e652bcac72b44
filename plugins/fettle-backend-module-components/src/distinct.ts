import type { ComponentReport } from 'backstage-plugin-fettle-node';
import type { Scope } from './Graph';

/** From what counts most to what counts least. */
const SCOPES: readonly Scope[] = [
  'runtime',
  'optional',
  'development',
  'unknown',
];

/**
 * A file may name a package more than once: nested, for several peers or
 * platforms, by several parts of a repository. What is best known of any counts
 * for all.
 */
export function distinct(
  components: readonly ComponentReport[],
): ComponentReport[] {
  const found = new Map<string, ComponentReport>();
  for (const one of components) {
    if (one.name === '') continue;
    const what = one.version ?? `\0${one.requirement ?? ''}`;
    const key = [one.path, one.ecosystem, one.name, what].join('\0');
    const before = found.get(key);
    if (!before) {
      found.set(key, one);
      continue;
    }
    const [better, other] = isBetter(one, before)
      ? [one, before]
      : [before, one];
    const scope = SCOPES.find(s => s === better.scope || s === other.scope)!;
    found.set(key, {
      ...better,
      scope,
      line: before.line ?? one.line,
      licence: better.licence ?? other.licence,
    });
  }
  return [...found.values()].map(withoutUndefined);
}

function isBetter(one: ComponentReport, other: ComponentReport): boolean {
  const [a, b] = [rank(one), rank(other)];
  if (a !== b) return a > b;
  return (one.chain?.length ?? 0) < (other.chain?.length ?? 0);
}

function rank({ direct }: ComponentReport): number {
  if (direct === null) return 0;
  return direct ? 2 : 1;
}

function withoutUndefined(one: ComponentReport): ComponentReport {
  const { line, licence, ...more } = one;
  return {
    ...more,
    ...(line === undefined ? {} : { line }),
    ...(licence === undefined ? {} : { licence }),
  };
}
