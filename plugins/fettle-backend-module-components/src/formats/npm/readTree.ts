import type { ScanFile } from 'backstage-plugin-fettle-node';
import {
  entriesOf,
  folderBelow,
  folderOf,
  namesOf,
  textOf,
  type Files,
} from '../../Format';
import { readManifest } from './manifests';
import {
  askedBy,
  assertShort,
  MODULES,
  scopeTold,
  type NpmPackage,
} from './readPackages';

/** Version 1: a tree of dependencies. What is asked for stands in the manifest beside it. */
export function readTree(
  lock: any,
  file: ScanFile,
  files: Files,
): Map<string, NpmPackage> {
  const packages = new Map<string, NpmPackage>();
  const todo: [string, any][] = [['', lock]];
  const needed = new Set<string>();
  for (let at = 0; at < todo.length; at++) {
    const [prefix, parent] = todo[at];
    for (const [asked, entry] of entriesOf(parent?.dependencies)) {
      const key = `${prefix}${MODULES}${asked}`;
      assertShort(key);
      for (const name of namesOf(entry?.requires)) needed.add(name);
      const told = textOf(entry?.version) ?? '';
      const [, real, version = told] = /^npm:(@?[^@]+)@(.+)$/.exec(told) ?? [];
      const folder = told.startsWith('file:')
        ? folderBelow(folderOf(file.path), told.slice('file:'.length))
        : undefined;
      const ours = folder && readManifest(folder, files);
      if (ours) {
        packages.set(key, ownPackage(key, folder, ours));
        todo.push([`${key}/`, entry]);
        continue;
      }
      packages.set(key, {
        ...{ key, own: false, name: real ?? asked, told: scopeTold(entry) },
        // What comes from elsewhere has an address there.
        version: /^\d/.test(version) ? version : null,
        asks: {
          runtime: askedBy(entry?.requires),
          development: new Map(),
          optional: new Map(),
        },
      });
      todo.push([`${key}/`, entry]);
    }
  }
  const folder = folderOf(file.path);
  const manifest = readManifest(folder, files);
  const root = ownPackage('', folder, manifest);
  packages.set('', manifest ? root : { ...root, asks: unneeded(lock, needed) });
  return packages;
}

function ownPackage(key: string, folder: string, manifest: any): NpmPackage {
  return {
    ...{ key, folder, name: '', version: null, own: true, told: 'unknown' },
    asks: {
      runtime: askedBy(manifest?.dependencies),
      development: askedBy(manifest?.devDependencies),
      optional: askedBy(manifest?.optionalDependencies),
    },
  };
}

/** Without a manifest: what nothing else asks for, the repository must ask for. */
function unneeded(lock: any, needed: ReadonlySet<string>): NpmPackage['asks'] {
  const asks: NpmPackage['asks'] = {
    runtime: new Map(),
    development: new Map(),
    optional: new Map(),
  };
  for (const [name, entry] of entriesOf(lock.dependencies)) {
    if (needed.has(name)) continue;
    const scope = scopeTold(entry);
    asks[scope === 'unknown' ? 'runtime' : scope].set(name, '');
  }
  return asks;
}
