import type { ComponentReport } from 'backstage-plugin-fettle-node';

/** Of the shortest way to a component; a longer one is cut. */
const MOST_CHAIN = 20;

type Scope = ComponentReport['scope'];
/** What is delivered counts before what is not. */
const ORDER: readonly Scope[] = [
  'runtime',
  'optional',
  'development',
  'unknown',
];

/** How a component comes into a repository. */
export interface Reached {
  direct: boolean;
  scope: Scope;
  chain: string[];
}

/**
 * Who depends on whom, by keys of the lockfile's own. Ways through it are found
 * breadth first, so circles end and the shortest way counts.
 */
export class Graph {
  readonly #names = new Map<string, string>();
  readonly #edges = new Map<string, readonly string[]>();
  readonly #asked = new Map<string, Scope>();

  add(key: string, name: string, dependsOn: readonly string[]): void {
    this.#names.set(key, name);
    this.#edges.set(key, dependsOn);
  }

  /** The repository asks for it by itself. */
  ask(key: string | undefined, scope: Scope): void {
    if (key === undefined) return;
    const before = this.#asked.get(key);
    if (before === undefined || ORDER.indexOf(scope) < ORDER.indexOf(before)) {
      this.#asked.set(key, scope);
    }
  }

  /** For each key that is reached: how. */
  reach(): Map<string, Reached> {
    const reached = new Map<string, Reached>();
    for (const scope of ORDER) {
      const wave = [...this.#asked]
        .filter(([key, of]) => of === scope && this.#names.has(key))
        .map(([key]) => ({ key, chain: [] as string[] }));
      for (const { key } of wave) {
        // What is asked for and comes with more important ones is both.
        const before = reached.get(key);
        reached.set(key, {
          direct: true,
          scope: before?.scope ?? scope,
          chain: [],
        });
      }
      const seen = new Set(wave.map(({ key }) => key));
      for (let at = 0; at < wave.length; at++) {
        const { key, chain } = wave[at];
        const next = [...chain, this.#names.get(key)!].slice(0, MOST_CHAIN);
        for (const dependency of this.#edges.get(key) ?? []) {
          if (seen.has(dependency) || !this.#names.has(dependency)) continue;
          seen.add(dependency);
          wave.push({ key: dependency, chain: next });
          if (!reached.has(dependency)) {
            reached.set(dependency, { direct: false, scope, chain: next });
          }
        }
      }
    }
    return reached;
  }
}

/** For what no way leads to: the file does not tell how it came. */
export const UNREACHED = {
  ...{ direct: null, scope: 'unknown' as Scope, chain: [] as string[] },
};
