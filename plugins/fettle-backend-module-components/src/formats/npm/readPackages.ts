import type { ScanFile } from 'backstage-plugin-fettle-node';
import {
  entriesOf,
  folderBelow,
  folderOf,
  textOf,
  Unreadable,
} from '../../Format';
import type { Scope } from '../../Graph';

export const MODULES = 'node_modules/';
/** Real ones are nested a few folders deep; looking things up takes as long as a key is. */
const MOST_KEY = 4_000;

type Asked = Map<string, string>;

/** One folder with a package in it. */
export interface NpmPackage {
  key: string;
  name: string;
  version: string | null;
  licence?: string;
  /** Of the repository itself. */
  own: boolean;
  /** Of an own one: where its manifest lies, with the `/` at its end. */
  folder?: string;
  /** Where a link leads. */
  link?: string;
  /** What npm says of its scope. */
  told: Scope;
  /** Names with what is asked for. */
  asks: Record<'runtime' | 'development' | 'optional', Asked>;
}

/** Versions 2 and 3: one entry a folder. */
export function readPackages(
  lock: any,
  { path }: ScanFile,
): Map<string, NpmPackage> {
  return new Map(
    entriesOf(lock.packages).map(([key, entry]) => {
      assertShort(key);
      const at = key.lastIndexOf(MODULES);
      const folder = at === -1 ? key : key.slice(at + MODULES.length);
      const own = at === -1;
      return [
        key,
        {
          ...{ key, own, folder: folderBelow(folderOf(path), key) },
          name: textOf(entry?.name) ?? folder,
          version: textOf(entry?.version) ?? null,
          licence: licenceOf(entry),
          link: entry?.link === true ? textOf(entry?.resolved) : undefined,
          told: scopeTold(entry),
          asks: {
            runtime: new Map([
              ...peersOf(entry),
              ...askedBy(entry?.dependencies),
            ]),
            development: own ? askedBy(entry?.devDependencies) : new Map(),
            optional: askedBy(entry?.optionalDependencies),
          },
        },
      ];
    }),
  );
}

/** @throws Unreadable */
export function assertShort(key: string): void {
  if (key.length > MOST_KEY) {
    throw new Unreadable('Its packages are nested too deep.');
  }
}

/** `devOptional` is needed by what is for development, and by what may be left out. */
export function scopeTold(entry: any): Scope {
  if (entry?.dev === true) return 'development';
  if (entry?.optional === true || entry?.devOptional === true) {
    return 'optional';
  }
  return 'unknown';
}

/** Names with what is asked for; the own name of an alias is in what is asked for. */
export function askedBy(value: unknown): Asked {
  return new Map(
    entriesOf(value).map(([name, wanted]) => [name, textOf(wanted) ?? '']),
  );
}

/** npm installs peers, unless they are marked as optional. */
function peersOf(entry: any): Asked {
  const asked = askedBy(entry?.peerDependencies);
  for (const [name, meta] of entriesOf(entry?.peerDependenciesMeta)) {
    if (meta?.optional === true) asked.delete(name);
  }
  return asked;
}

/** Old packages write `{ "type": "MIT" }`, or a list of such. */
function licenceOf(entry: any): string | undefined {
  const told = entry?.license ?? entry?.licenses;
  const list = Array.isArray(told) ? told : [told];
  const names = list.flatMap(one => textOf(one) ?? textOf(one?.type) ?? []);
  return names.length > 0 ? names.slice(0, 10).join(' OR ') : undefined;
}
