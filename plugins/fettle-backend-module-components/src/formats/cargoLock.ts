import type { ScanFile } from 'backstage-plugin-fettle-node';
import { component } from '../component';
import {
  attempt,
  folderOf,
  listOf,
  textOf,
  Unreadable,
  type Files,
  type Format,
} from '../Format';
import { Graph, UNREACHED } from '../Graph';
import { findHeads } from '../parse/findLines';
import { readToml } from '../parse/readToml';
import { requestsOf, type CargoRequest } from './cargo/requestsOf';

/** Cargo's lockfile: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
export const cargoLock: Format = {
  title: 'Cargo.lock',
  matches: name => name === 'Cargo.lock',
  read(file, files) {
    const lock = readToml(file.text);
    if (lock.package !== undefined && !Array.isArray(lock.package)) {
      throw new Unreadable('It has no list of packages.');
    }
    const heads = findHeads(file.text, '[[package]]');
    const list = listOf(lock.package);
    const packages = list.map((one, index) => {
      if (!textOf(one?.name) || !textOf(one?.version)) {
        throw new Unreadable('It has a package without a name or a version.');
      }
      const line = heads.length === list.length ? heads[index] : undefined;
      return { ...one, line };
    });
    // The first version of the format has the repository's own apart.
    if (lock.root) packages.push(lock.root);
    const versions = new Map<string, string>();
    for (const { name, version } of packages) versions.set(name, version);
    // `name`, or `name version` where there are several.
    const find = (wanted: unknown) => {
      const [name, version] = String(wanted).split(' ');
      return `${name} ${version ?? versions.get(name)}`;
    };
    const graph = new Graph();
    const manifests = readManifests(file, files);
    for (const one of packages) {
      const needs = listOf(one.dependencies).map(find);
      if (one.source === undefined) {
        // What has no source is the repository's own.
        const asked = manifests.get(one.name)?.requests;
        for (const key of needs) {
          const request = asked?.get(key.slice(0, key.indexOf(' ')));
          graph.ask(key, request?.scope ?? 'runtime', request?.requirement);
        }
      } else graph.add(`${one.name} ${one.version}`, one.name, needs);
    }
    const reached = graph.reach();
    return {
      components: packages
        .filter(({ source }) => source !== undefined)
        .map(({ name, version, line }) =>
          component('crates.io', {
            ...{ name, version, path: file.path, line },
            ...(reached.get(`${name} ${version}`) ?? UNREACHED),
          }),
        ),
      covers: new Set(
        packages.flatMap(one => manifests.get(one.name)?.folder ?? []),
      ),
    };
  },
};

interface Manifest {
  folder: string;
  requests: ReadonlyMap<string, CargoRequest>;
}

/** What each package of the repository asks for, by its name: lockfiles do not tell what is for development. */
function readManifests(
  { path }: ScanFile,
  files: Files,
): Map<string, Manifest> {
  const folder = folderOf(path);
  return new Map(
    [...files.values()].flatMap(manifest => {
      const { path: at, text } = manifest;
      if (!at.startsWith(folder) || !at.endsWith('Cargo.toml')) return [];
      const cargo = attempt(() => readToml(text));
      const name = textOf(cargo?.package?.name);
      if (!name) return [];
      return [[name, { folder: folderOf(at), requests: requestsOf(cargo) }]];
    }),
  );
}
