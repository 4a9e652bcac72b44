import type { PackageKey } from 'backstage-plugin-fettle-node';
import {
  likenessOf,
  placesOf,
  readName,
  type Likeness,
  type PackageName,
} from './PackageName';

interface Own {
  ecosystem: string;
  name: PackageName;
  /** The places where it is published. */
  by: Set<string>;
}

/** An own package whose name another's is like. */
export interface Near {
  name: string;
  likeness: Likeness;
}

const ORDER: Likeness[] = ['same-letters', 'one-edit', 'no-namespace'];

/**
 * Own packages of the fleet, found by names that are like theirs. Looking one
 * up takes as many steps as it has letters, however many own ones there are.
 */
export class NameIndex {
  /** By ecosystem and name. */
  readonly #own = new Map<string, Own>();
  /** Most places have one only, and a list for each would double what is held. */
  readonly #places = new Map<number, Own | Own[]>();

  /** That a package is published, at one place. */
  add(key: PackageKey, place: string): void {
    const known = this.#own.get(keyOf(key));
    if (known) {
      known.by.add(place);
      return;
    }
    const own = {
      ...{ ecosystem: key.ecosystem, name: readName(key.name) },
      by: new Set([place]),
    };
    this.#own.set(keyOf(key), own);
    for (const at of placesOf(own.name)) {
      const others = this.#at(at);
      this.#places.set(at, others.length > 0 ? [...others, own] : own);
    }
  }

  /** That it is not published at the place any more. */
  remove(key: PackageKey, place: string): void {
    const own = this.#own.get(keyOf(key));
    if (!own?.by.delete(place) || own.by.size > 0) return;
    this.#own.delete(keyOf(key));
    for (const at of placesOf(own.name)) {
      const others = this.#at(at).filter(one => one !== own);
      if (others.length > 0) this.#places.set(at, others);
      else this.#places.delete(at);
    }
  }

  has(key: PackageKey): boolean {
    return this.#own.has(keyOf(key));
  }

  /** Those that a package's name is like, the likest first; of an own package none. */
  near(key: PackageKey): Near[] {
    if (this.#own.size === 0 || this.has(key)) return [];
    const name = readName(key.name);
    const found = new Map<Own, Near>();
    for (const at of placesOf(name)) {
      for (const own of this.#at(at)) {
        if (own.ecosystem !== key.ecosystem || found.has(own)) continue;
        const likeness = likenessOf(name, own.name);
        if (!likeness) continue;
        found.set(own, { name: own.name.name, likeness });
      }
    }
    return [...found.values()].sort(
      (a, b) =>
        ORDER.indexOf(a.likeness) - ORDER.indexOf(b.likeness) ||
        (a.name < b.name ? -1 : 1),
    );
  }

  #at(place: number): readonly Own[] {
    const found = this.#places.get(place);
    if (!found) return NONE;
    return Array.isArray(found) ? found : [found];
  }
}

const NONE: readonly Own[] = [];

function keyOf({ ecosystem, name }: PackageKey): string {
  return `${ecosystem}\0${name}`;
}
