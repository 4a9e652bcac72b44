import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import { entriesOf, textOf, Unreadable, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

const MODULES = 'node_modules/';

interface Package {
  key: string;
  name: string;
  version: string | null;
  licence?: string;
  own: boolean;
  /** Where a link leads. */
  link?: string;
  asks: Record<'runtime' | 'development' | 'optional', string[]>;
}

/** npm's own lockfile, versions 1 to 3: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export const npmLock: Format = {
  title: 'package-lock.json',
  matches: name =>
    name === 'package-lock.json' || name === 'npm-shrinkwrap.json',
  read(file) {
    const lock = JSON.parse(file.text);
    const version = lock?.lockfileVersion ?? 1;
    if (![1, 2, 3].includes(version)) {
      throw new Unreadable(
        `It is of version ${String(version).slice(0, 20)}; 1 to 3 are read.`,
        'Write it with a released npm.',
      );
    }
    const packages =
      lock.packages === undefined ? readTree(lock) : readPackages(lock);
    return toReports(packages, file);
  },
};

/** Versions 2 and 3: one entry a folder. */
function readPackages(lock: any): Map<string, Package> {
  return new Map(
    entriesOf(lock.packages).map(([key, entry]) => {
      const own = !key.includes(MODULES);
      const at = key.lastIndexOf(MODULES);
      const folder = at === -1 ? key : key.slice(at + MODULES.length);
      return [
        key,
        {
          ...{ key, own },
          name: textOf(entry?.name) ?? folder,
          version: textOf(entry?.version) ?? null,
          licence: textOf(entry?.license),
          link: entry?.link === true ? textOf(entry?.resolved) : undefined,
          asks: {
            runtime: [
              ...namesOf(entry?.dependencies),
              ...namesOf(entry?.peerDependencies),
            ],
            development: own ? namesOf(entry?.devDependencies) : [],
            optional: namesOf(entry?.optionalDependencies),
          },
        },
      ];
    }),
  );
}

/** Version 1: a tree of dependencies. What is asked for, it does not tell; what is not for development, it does. */
function readTree(lock: any): Map<string, Package> {
  const packages = new Map<string, Package>();
  const todo: [string, any][] = [['', lock]];
  const asked: Package['asks'] = { runtime: [], development: [], optional: [] };
  const needed = new Set<string>();
  for (let at = 0; at < todo.length; at++) {
    const [prefix, parent] = todo[at];
    for (const [name, entry] of entriesOf(parent?.dependencies)) {
      const key = `${prefix}${MODULES}${name}`;
      const requires = namesOf(entry?.requires);
      requires.forEach(one => needed.add(one));
      packages.set(key, {
        ...{ key, name, own: false },
        version: textOf(entry?.version) ?? null,
        asks: { runtime: requires, development: [], optional: [] },
      });
      if (prefix === '') {
        let scope: keyof Package['asks'] = 'runtime';
        if (entry?.dev === true) scope = 'development';
        else if (entry?.optional === true) scope = 'optional';
        asked[scope].push(name);
      }
      todo.push([`${key}/`, entry]);
    }
  }
  const top = (names: string[]) => names.filter(name => !needed.has(name));
  packages.set('', {
    ...{ key: '', name: '', version: null, own: true },
    asks: {
      runtime: top(asked.runtime),
      development: top(asked.development),
      optional: top(asked.optional),
    },
  });
  return packages;
}

function toReports(
  packages: Map<string, Package>,
  { path }: ScanFile,
): ComponentReport[] {
  const graph = new Graph();
  for (const { key, name, own, asks } of packages.values()) {
    const find = (dependency: string) => resolve(packages, key, dependency);
    if (own) {
      for (const scope of ['runtime', 'development', 'optional'] as const) {
        asks[scope].forEach(dependency => graph.ask(find(dependency), scope));
      }
      continue;
    }
    const all = [...asks.runtime, ...asks.optional];
    graph.add(
      key,
      name,
      all.flatMap(one => find(one) ?? []),
    );
  }
  const reached = graph.reach();
  return [...packages.values()]
    .filter(({ own, link, name }) => !own && link === undefined && name !== '')
    .map(({ key, name, version, licence }) =>
      component('npm', {
        ...{ name, version, licence, path },
        ...(reached.get(key) ?? UNREACHED),
      }),
    );
}

/** As Node does: in the folder, then in those above it. */
function resolve(
  packages: Map<string, Package>,
  from: string,
  name: string,
): string | undefined {
  for (let folder = from; ; ) {
    const key = `${folder === '' ? '' : `${folder}/`}${MODULES}${name}`;
    const found = packages.get(key);
    if (found) return found.link === undefined ? key : undefined;
    if (folder === '') return undefined;
    const at = folder.lastIndexOf(`/${MODULES}`);
    const above =
      folder.startsWith(MODULES) && at === -1
        ? ''
        : folder.slice(0, Math.max(0, at));
    folder = above === folder ? '' : above;
  }
}

function namesOf(value: unknown): string[] {
  return entriesOf(value).map(([name]) => name);
}
