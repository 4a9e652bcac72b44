import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import { Unreadable, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';
import { findLines } from '../parse/findLines';
import { readJson } from '../parse/readJson';
import { MODULES, readPackages, type NpmPackage } from './npm/readPackages';
import { readTree } from './npm/readTree';

/** npm's own lockfile, versions 1 to 3: https://docs.npmjs.com/cli/configuring-npm/package-lock-json */
export const npmLock: Format = {
  title: 'package-lock.json',
  matches: name =>
    name === 'package-lock.json' || name === 'npm-shrinkwrap.json',
  read(file, files) {
    const lock = readJson(file.text);
    const version = lock.lockfileVersion ?? 1;
    if (![1, 2, 3].includes(version)) {
      throw new Unreadable(
        `It is of version ${String(version).slice(0, 20)}; 1 to 3 are read.`,
        'Write it with a released npm.',
      );
    }
    const packages =
      lock.packages === undefined
        ? readTree(lock, file, files)
        : readPackages(lock, file);
    return {
      components: toReports(packages, file),
      covers: new Set(
        [...packages.values()].flatMap(({ own, folder }) =>
          own && folder !== undefined ? folder : [],
        ),
      ),
    };
  },
};

function toReports(
  packages: ReadonlyMap<string, NpmPackage>,
  { path, text }: ScanFile,
): ComponentReport[] {
  const graph = new Graph();
  for (const { key, name, own, asks } of packages.values()) {
    const find = (dependency: string) => resolve(packages, key, dependency);
    const findAll = (list: ReadonlyMap<string, string>) =>
      [...list.keys()].flatMap(one => find(one) ?? []);
    if (!own) {
      graph.add(key, name, findAll(asks.runtime), findAll(asks.optional));
      continue;
    }
    for (const scope of ['runtime', 'development', 'optional'] as const) {
      for (const [dependency, wanted] of asks[scope]) {
        graph.ask(find(dependency), scope, wanted);
      }
    }
  }
  const reached = graph.reach();
  const lines = findLines(text, /^\s*"([^"\\]*node_modules\/[^"\\]*)": \{/);
  return [...packages.values()]
    .filter(({ own, link, name }) => !own && link === undefined && name !== '')
    .map(({ key, name, version, licence, told }) => {
      const how = reached.get(key) ?? { ...UNREACHED, scope: told };
      return component('npm', {
        ...{ name, version, licence, path, line: lines.get(key) },
        ...how,
        // What npm says itself is surer: it knows which peers are asked for.
        scope: told === 'unknown' ? how.scope : told,
      });
    });
}

/** As Node does: in the folder, then in those above it. */
function resolve(
  packages: ReadonlyMap<string, NpmPackage>,
  from: string,
  name: string,
): string | undefined {
  for (let folder = from; ; ) {
    const key = `${folder === '' ? '' : `${folder}/`}${MODULES}${name}`;
    const found = packages.get(key);
    // What is linked is the repository's own.
    if (found) return found.link === undefined ? key : undefined;
    if (folder === '') return undefined;
    const at = folder.lastIndexOf(`/${MODULES}`);
    folder = at === -1 ? '' : folder.slice(0, at);
  }
}
