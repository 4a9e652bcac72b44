import type { ScanFile } from 'backstage-plugin-fettle-node';
import {
  attempt,
  beside,
  entriesOf,
  namesOf,
  textOf,
  type Files,
} from '../../Format';
import { readJson } from '../../parse/readJson';
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
  const manifest = beside(file, 'package.json', files);
  const asked = manifest && attempt(() => readJson(manifest.text));
  packages.set('', {
    ...{ key: '', name: '', version: null, own: true, told: 'unknown' },
    asks: asked
      ? {
          runtime: askedBy(asked.dependencies),
          development: askedBy(asked.devDependencies),
          optional: askedBy(asked.optionalDependencies),
        }
      : unneeded(lock, needed),
  });
  return packages;
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
