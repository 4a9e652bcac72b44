import { component } from '../component';
import {
  entriesOf,
  folderBelow,
  folderOf,
  textOf,
  Unreadable,
  type Format,
} from '../Format';
import { Graph, UNREACHED } from '../Graph';
import { findLines } from '../parse/findLines';
import { readYaml } from '../parse/readYaml';

const SCOPES = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
] as const;

interface Pinned {
  name: string;
  version: string | null;
  entry: any;
}

/** pnpm's lockfile, versions 5 to 9: https://github.com/pnpm/spec/tree/master/lockfile */
export const pnpmLock: Format = {
  title: 'pnpm-lock.yaml',
  matches: name => name === 'pnpm-lock.yaml',
  read({ text, path }) {
    const lock = readYaml(text);
    const version = String(lock.lockfileVersion).slice(0, 20);
    const major = Number.parseInt(version, 10);
    if (!(major >= 5 && major <= 9)) {
      throw new Unreadable(
        `It is of version ${version}; 5 to 9 are read.`,
        'Write it with a released pnpm.',
      );
    }
    const pinned = new Map<string, Pinned>();
    // Since version 9 what depends on what stands apart from what a package is.
    for (const source of [lock.packages, lock.snapshots]) {
      for (const [key, entry] of entriesOf(source)) {
        const found = identify(key, entry);
        if (found) pinned.set(key, { ...found, entry });
      }
    }
    const find = (name: string, wanted: unknown) => {
      const told =
        textOf(wanted) ??
        textOf((wanted as { version?: unknown } | undefined)?.version);
      if (told === undefined || told.startsWith('link:')) return undefined;
      return [
        ...[`${name}@${told}`, `/${name}@${told}`, `/${name}/${told}`],
        ...[told, `/${told}`],
      ].find(form => pinned.has(form));
    };
    const graph = new Graph();
    for (const [key, { name, entry }] of pinned) {
      const findAll = (list: unknown) =>
        entriesOf(list).flatMap(([one, wanted]) => find(one, wanted) ?? []);
      graph.add(
        ...([key, name] as const),
        ...([
          findAll(entry?.dependencies),
          findAll(entry?.optionalDependencies),
        ] as const),
      );
    }
    const importers: [string, any][] = lock.importers
      ? entriesOf(lock.importers)
      : [['.', lock]];
    for (const [, importer] of importers) {
      for (const [field, scope] of SCOPES) {
        for (const [name, wanted] of entriesOf(importer?.[field])) {
          const requirement =
            textOf(wanted?.specifier) ?? specifierOf(importer, name);
          graph.ask(find(name, wanted), scope, requirement);
        }
      }
    }
    const reached = graph.reach();
    const lines = findLines(text, /^ {2}'?([^\s'].*?)'?:(?: \{.*)?$/);
    const folder = folderOf(path);
    return {
      components: [...pinned].map(([key, { name, version: of }]) =>
        component('npm', {
          ...{ name, version: of, path, line: lines.get(key) },
          ...(reached.get(key) ?? UNREACHED),
        }),
      ),
      covers: new Set(importers.map(([one]) => folderBelow(folder, one))),
    };
  },
};

/** Before version 6 what is asked for stood in a list of its own. */
function specifierOf(importer: any, name: string): string | undefined {
  const all = importer?.specifiers ?? {};
  return Object.hasOwn(all, name) ? textOf(all[name]) : undefined;
}

/** `/@a/b@1.0.0(peer@2)`, `a@1.0.0`, `/@a/b/1.0.0_peer`. */
function identify(key: string, entry: any) {
  const peers = key.indexOf('(');
  const bare = (peers === -1 ? key : key.slice(0, peers)).replace(/^\//, '');
  const [, name, version] =
    /^(@[^/]+\/[^@/]+|[^@/]+)[@/](.+)$/.exec(bare) ?? [];
  if (!name || !version) return undefined;
  const told = textOf(entry?.version) ?? version.replace(/_.*$/, '');
  const released = /^\d/.test(told);
  return { name: textOf(entry?.name) ?? name, version: released ? told : null };
}
