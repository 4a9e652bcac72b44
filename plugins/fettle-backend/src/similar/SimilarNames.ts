import { setImmediate } from 'node:timers/promises';
import type {
  ComponentKey,
  ComponentMatch,
  ComponentMatcher,
  PackageKey,
} from 'backstage-plugin-fettle-node';
import type { PublicationStore } from '../store/publications/PublicationStore';
import { NameIndex, type Near } from './NameIndex';

/** Raise it when the same names would be judged otherwise. */
const VERSION = 1;
const MOST_TOLD = 3;
const AT_ONCE = 1_000;

const HOW = {
  'same-letters': 'only case and separators differ',
  'one-edit': 'one letter differs, or two are swapped',
  'no-namespace': 'it has the same name without the namespace',
};

/**
 * Tells components that are named almost as packages that the fleet itself
 * publishes: who mistypes an own name gets what somebody else put there.
 */
export class SimilarNames implements ComponentMatcher {
  readonly id = 'similar-names';
  readonly title = 'Names like own packages';
  readonly finds = ['threat'] as const;
  readonly #index = new NameIndex();
  #edition = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(private readonly publications: PublicationStore) {}

  async match(
    components: readonly ComponentKey[],
  ): Promise<ComponentMatch[][]> {
    await this.#catchUp();
    return components.map(component => {
      const near = this.#index.near(component).slice(0, MOST_TOLD);
      return near.length === 0 ? [] : [toMatch(component.name, near)];
    });
  }

  async changesSince(cursor: string | null) {
    const [version, since] = (cursor ?? '').split(':').map(Number);
    const isKnown = version === VERSION && Number.isSafeInteger(since);
    const { publications, edition } = await this.publications.changedSince(
      isKnown ? since : 0,
    );
    const next = `${VERSION}:${edition}`;
    if (!isKnown) return { packages: 'all' as const, cursor: next };
    const changed = new NameIndex();
    for (const one of publications) {
      changed.add(one, one.place);
    }
    const packages: PackageKey[] = [];
    if (publications.length === 0) return { packages, cursor: next };
    for await (const batch of this.publications.packages()) {
      for (const { ecosystem, name } of batch) {
        const key = { ecosystem, name };
        // One that became an own package is no look-alike any more.
        if (changed.has(key) || changed.near(key).length > 0)
          packages.push(key);
      }
    }
    return { packages, cursor: next };
  }

  /** One after the other: what is read twice would be no harm, what is read half would. */
  #catchUp(): Promise<void> {
    const reading = this.#reading
      .catch(() => undefined)
      .then(() => this.#read());
    this.#reading = reading;
    return reading;
  }

  async #read(): Promise<void> {
    const { publications, edition } = await this.publications.changedSince(
      this.#edition,
    );
    for (const [i, one] of publications.entries()) {
      // At the start there are many, and people wait.
      if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
      if (one.gone) this.#index.remove(one, one.place);
      else this.#index.add(one, one.place);
    }
    this.#edition = edition;
  }
}

/** Not who publishes the own package: whoever reads this may not be allowed to see that repository. */
function toMatch(name: string, near: readonly Near[]): ComponentMatch {
  const [first] = near;
  const told = near.map(one => `${one.name} (${HOW[one.likeness]})`);
  return {
    kind: 'threat',
    rule: 'similar-name',
    aliases: [],
    title: `${name} is named almost as the own package ${first.name}`,
    // A short name that others had first is seldom an attack.
    severity: first.likeness === 'no-namespace' ? 'low' : 'medium',
    fixedIn: [],
    certain: false,
    description: `${name} is like ${told.join(
      '; ',
    )}, which the fleet itself publishes. Nobody in the fleet publishes ${name}. Who takes one for the other installs what a stranger wrote.`,
    fix: `Look at who publishes ${name}. If ${first.name} is meant, ask for that and remove ${name}; if ${name} is meant, accept it.`,
  };
}
