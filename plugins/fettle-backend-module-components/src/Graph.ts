import type { ComponentReport } from 'backstage-plugin-fettle-node';

/** Of the shortest way to a component; of a longer one, the first. */
const MOST_CHAIN = 20;

export type Scope = ComponentReport['scope'];

/** How a component comes into a repository. */
interface Reached {
  direct: boolean;
  scope: Scope;
  chain: readonly string[];
  requirement?: string;
}

interface Node {
  name: string;
  needs: readonly string[];
  /** What it can do without. */
  may: readonly string[];
}

interface Asked {
  scopes: Set<Scope>;
  requirement?: string;
}

/** What is delivered counts before what is not. */
const PASSES: readonly {
  scope: Scope;
  from: readonly Scope[];
  may: boolean;
}[] = [
  { scope: 'runtime', from: ['runtime'], may: false },
  { scope: 'optional', from: ['runtime', 'optional'], may: true },
  { scope: 'development', from: ['development'], may: true },
  { scope: 'unknown', from: ['unknown'], may: true },
];

/**
 * Who depends on whom, by keys of the lockfile's own. Ways through it are found
 * breadth first, so circles end and the shortest way counts.
 */
export class Graph {
  readonly #nodes = new Map<string, Node>();
  readonly #asked = new Map<string, Asked>();

  add(
    key: string,
    name: string,
    needs: readonly string[],
    may: readonly string[] = [],
  ): void {
    this.#nodes.set(key, { name, needs, may });
  }

  /** The repository asks for it by itself. */
  ask(key: string | undefined, scope: Scope, requirement?: string): void {
    if (key === undefined) return;
    const asked = this.#asked.get(key) ?? { scopes: new Set() };
    asked.scopes.add(scope);
    asked.requirement ??= requirement;
    this.#asked.set(key, asked);
  }

  /** For each key that is reached: how. */
  reach(): Map<string, Reached> {
    const reached = new Map<string, Reached>();
    for (const pass of PASSES) this.#walk(pass, reached);
    return reached;
  }

  #walk(
    { scope, from, may }: (typeof PASSES)[number],
    reached: Map<string, Reached>,
  ): void {
    const wave: { key: string; chain: readonly string[] }[] = [];
    for (const [key, { scopes }] of this.#asked) {
      if (this.#nodes.has(key) && from.some(one => scopes.has(one))) {
        wave.push({ key, chain: [] });
      }
    }
    const seen = new Set(wave.map(({ key }) => key));
    for (let at = 0; at < wave.length; at++) {
      const { key, chain } = wave[at];
      const node = this.#nodes.get(key)!;
      if (!reached.has(key)) reached.set(key, this.#reach(key, scope, chain));
      const next = chain.length < MOST_CHAIN ? [...chain, node.name] : chain;
      for (const list of may ? [node.needs, node.may] : [node.needs]) {
        for (const dependency of list) {
          if (seen.has(dependency) || !this.#nodes.has(dependency)) continue;
          seen.add(dependency);
          wave.push({ key: dependency, chain: next });
        }
      }
    }
  }

  #reach(key: string, scope: Scope, chain: readonly string[]): Reached {
    const asked = this.#asked.get(key);
    if (!asked) return { direct: false, scope, chain };
    const { requirement } = asked;
    return {
      ...{ direct: true, scope, chain: [] },
      ...(requirement === undefined ? {} : { requirement }),
    };
  }
}

/** For what no way leads to: the file does not tell how it came. */
export const UNREACHED = {
  ...{ direct: null, scope: 'unknown' as Scope, chain: [] as string[] },
};
