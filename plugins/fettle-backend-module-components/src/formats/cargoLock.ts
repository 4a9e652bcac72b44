import type { ComponentReport, ScanFile } from 'backstage-plugin-fettle-node';
import { parse } from 'smol-toml';
import { component } from '../component';
import {
  beside,
  entriesOf,
  listOf,
  textOf,
  type Files,
  type Format,
} from '../Format';
import { Graph, UNREACHED } from '../Graph';

/** Cargo's lockfile: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
export const cargoLock: Format = {
  title: 'Cargo.lock',
  matches: name => name === 'Cargo.lock',
  read(file, files) {
    const packages = listOf((parse(file.text) as any).package).filter(
      one => textOf(one?.name) && textOf(one?.version),
    );
    const versions = new Map<string, string[]>();
    for (const { name, version } of packages) {
      versions.set(name, [...(versions.get(name) ?? []), version]);
    }
    // `name`, or `name version` where there are several.
    const find = (wanted: unknown) => {
      const [name, version] = String(wanted).split(' ');
      const only = versions.get(name)?.[0];
      return `${name}@${version ?? only}`;
    };
    const graph = new Graph();
    const development = developmentOf(file, files);
    for (const one of packages) {
      const dependsOn = listOf(one.dependencies).map(find);
      // What has no source is the repository's own.
      if (one.source === undefined) {
        for (const key of dependsOn) {
          const [name] = key.split('@');
          graph.ask(key, development.has(name) ? 'development' : 'runtime');
        }
      } else graph.add(find(`${one.name} ${one.version}`), one.name, dependsOn);
    }
    const reached = graph.reach();
    return packages
      .filter(({ source }) => source !== undefined)
      .map(({ name, version, source }): ComponentReport => {
        const released =
          String(source).startsWith('registry+') ||
          String(source).startsWith('sparse+');
        return component('crates.io', {
          ...{ name, version: released ? version : null, path: file.path },
          ...(reached.get(`${name}@${version}`) ?? UNREACHED),
        });
      });
  },
};

/** What the manifest beside asks for in development alone. */
function developmentOf(file: ScanFile, files: Files): Set<string> {
  const manifest = beside(file, 'Cargo.toml', files);
  try {
    const cargo: any = manifest ? parse(manifest.text) : {};
    const needed = new Set(entriesOf(cargo.dependencies).map(([name]) => name));
    return new Set(
      entriesOf(cargo['dev-dependencies'])
        .map(([name]) => name)
        .filter(name => !needed.has(name)),
    );
  } catch {
    // It then counts as delivered, which is the safer of the two.
    return new Set();
  }
}
