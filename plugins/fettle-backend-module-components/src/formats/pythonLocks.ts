import type { ScanFile } from 'backstage-plugin-fettle-node';
import { component, normalizePypi } from '../component';
import {
  attempt,
  beside,
  entriesOf,
  folderBelow,
  folderOf,
  listOf,
  textOf,
  Unreadable,
  type Files,
  type Format,
} from '../Format';
import { Graph, UNREACHED, type Scope } from '../Graph';
import { findHeads } from '../parse/findLines';
import { readToml } from '../parse/readToml';
import { readPyproject, type Asked } from './python/readPyproject';

/** What a folder of the repository itself is called as a source. */
const OWN = ['editable', 'virtual', 'directory'];

/** Of one package, for different platforms. */
const MOST_FORKS = 20;

interface Pinned {
  key: string;
  name: string;
  version: string | null;
  told: Scope | undefined;
  entry: any;
  line?: number;
}

/** poetry.lock, uv.lock and pdm.lock: packages in TOML, each in its own words. */
export const pythonLocks: Format = {
  title: 'poetry.lock, uv.lock or pdm.lock',
  matches: name => ['poetry.lock', 'uv.lock', 'pdm.lock'].includes(name),
  read(file, files) {
    const lock = readToml(file.text);
    if (lock.package !== undefined && !Array.isArray(lock.package)) {
      throw new Unreadable('It has no list of packages.');
    }
    const list = listOf(lock.package);
    const heads = findHeads(file.text, '[[package]]');
    const pinned: Pinned[] = [];
    const own: any[] = [];
    const covers = new Set<string>();
    /** A name may be pinned more than once, for other platforms. */
    const byName = new Map<string, string[]>();
    list.forEach((entry, index) => {
      const name = normalizePypi(textOf(entry?.name) ?? '');
      if (name === '') throw new Unreadable('It has a package without a name.');
      if (isOwn(entry)) {
        own.push(entry);
        covers.add(folderBelow(folderOf(file.path), placeOf(entry)));
        return;
      }
      const version = textOf(entry.version) ?? null;
      const key = `${name} ${version}`;
      const line = heads.length === list.length ? heads[index] : undefined;
      pinned.push({ key, name, version, entry, line, told: scopeTold(entry) });
      const keys = byName.get(name);
      if (!keys) byName.set(name, [key]);
      else if (keys.length < MOST_FORKS) keys.push(key);
    });
    const find = (value: unknown) =>
      namesIn(value).flatMap(name => byName.get(name) ?? []);
    const graph = new Graph();
    for (const { key, name, entry } of pinned) {
      // Extras are only in a lockfile where somebody wants them.
      const extras = entriesOf(entry['optional-dependencies']);
      const all = [entry.dependencies, ...extras.map(([, more]) => more)];
      graph.add(key, name, all.flatMap(find));
    }
    const asked = askedBeside(file, files);
    const ask = (value: unknown, scope: Scope) => {
      for (const name of namesIn(value)) {
        const wanted = asked.get(name)?.requirement;
        for (const key of byName.get(name) ?? []) graph.ask(key, scope, wanted);
      }
    };
    for (const entry of own) {
      ask(entry.dependencies, 'runtime');
      for (const [, more] of entriesOf(entry['optional-dependencies'])) {
        ask(more, 'optional');
      }
      for (const [, more] of entriesOf(entry['dev-dependencies'])) {
        ask(more, 'development');
      }
    }
    for (const [name, { scope }] of asked) ask([{ name }], scope);
    const reached = graph.reach();
    const components = pinned.map(({ key, name, version, told, line }) => {
      const how = reached.get(key) ?? UNREACHED;
      return component('PyPI', {
        ...{ name, version, path: file.path, line },
        ...how,
        scope: told ?? how.scope,
      });
    });
    return { components, covers };
  },
};

/** uv names the project itself among its packages, and poetry what lies in folders. */
function isOwn({ source }: any): boolean {
  if (typeof source !== 'object' || source === null) return false;
  return OWN.some(one => Object.hasOwn(source, one) || source.type === one);
}

/** The folder of an own one. */
function placeOf({ source }: any): string {
  const key = OWN.find(one => textOf(source[one]) !== undefined);
  return (key && source[key]) ?? textOf(source.url) ?? '';
}

/** Older ones of poetry say a category, later ones and pdm in which groups something is. */
function scopeTold({ category, groups, optional }: any): Scope | undefined {
  const all = listOf(groups);
  if (all.length > 0) {
    if (!all.includes('main') && !all.includes('default')) return 'development';
    return optional === true ? 'optional' : 'runtime';
  }
  if (category === 'dev') return 'development';
  if (category === 'main') return optional === true ? 'optional' : 'runtime';
  return undefined;
}

function askedBeside(file: ScanFile, files: Files): Map<string, Asked> {
  const manifest = beside(file, 'pyproject.toml', files);
  // Without it, what is direct is not known; the lockfile tells the rest.
  return attempt(() => manifest && readPyproject(manifest.text)) ?? new Map();
}

/** A table by name, a list of tables with a name, or a list of requirements. */
function namesIn(value: unknown): string[] {
  const names = Array.isArray(value)
    ? value.map(
        one =>
          textOf(one?.name) ??
          /^[A-Za-z0-9][\w.-]*/.exec(textOf(one) ?? '')?.[0],
      )
    : entriesOf(value).map(([name]) => name);
  return names.flatMap(name => (name ? [normalizePypi(name)] : []));
}
