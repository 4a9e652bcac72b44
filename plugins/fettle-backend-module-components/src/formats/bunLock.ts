import { parse, type ParseError } from 'jsonc-parser';
import { component } from '../component';
import {
  entriesOf,
  folderBelow,
  folderOf,
  listOf,
  namesOf,
  textOf,
  Unreadable,
  type Format,
} from '../Format';
import { Graph, UNREACHED } from '../Graph';
import { findLines } from '../parse/findLines';

const SCOPES = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
] as const;

interface Pinned {
  name: string;
  version: string | null;
  /** The part that says what it depends on. */
  asks: any;
}

/** Bun's lockfile in text: https://bun.sh/docs/install/lockfile */
export const bunLock: Format = {
  title: 'bun.lock',
  matches: name => name === 'bun.lock',
  read({ text, path }) {
    const lock = readLock(text);
    const pinned = new Map<string, Pinned>();
    for (const [key, entry] of entriesOf(lock.packages)) {
      const [, name, version] =
        /^(@?[^@]+)@(.*)$/.exec(textOf(listOf(entry)[0]) ?? '') ?? [];
      // Workspaces, links and the root are the repository's own.
      if (!name || /^(?:workspace|root|link):/.test(version)) continue;
      const asks = listOf(entry).find(part => typeof part === 'object');
      const released = /^\d/.test(version);
      pinned.set(key, { name, version: released ? version : null, asks });
    }
    const graph = new Graph();
    for (const [key, { name, asks }] of pinned) {
      const optionalPeers = new Set(listOf(asks?.optionalPeers));
      const findAll = (names: string[]) =>
        names.flatMap(one => find(pinned, key, one) ?? []);
      const peers = namesOf(asks?.peerDependencies);
      graph.add(
        ...([key, name] as const),
        findAll([
          ...namesOf(asks?.dependencies),
          ...peers.filter(one => !optionalPeers.has(one)),
        ]),
        findAll(namesOf(asks?.optionalDependencies)),
      );
    }
    const workspaces = entriesOf(lock.workspaces);
    for (const [, workspace] of workspaces) {
      const from = textOf(workspace?.name) ?? '';
      for (const [field, scope] of SCOPES) {
        for (const [name, wanted] of entriesOf(workspace?.[field])) {
          graph.ask(find(pinned, from, name), scope, textOf(wanted));
        }
      }
    }
    const reached = graph.reach();
    const lines = findLines(text, /^\s+"([^"\\]+)": \["/);
    const folder = folderOf(path);
    return {
      components: [...pinned].map(([key, { name, version }]) =>
        component('npm', {
          ...{ name, version, path, line: lines.get(key) },
          ...(reached.get(key) ?? UNREACHED),
        }),
      ),
      covers: new Set(workspaces.map(([one]) => folderBelow(folder, one))),
    };
  },
};

function readLock(text: string): any {
  const errors: ParseError[] = [];
  const lock = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof lock !== 'object' || lock === null) {
    const line = text.slice(0, errors[0]?.offset ?? 0).split('\n').length;
    throw new Unreadable(`It is no JSON, in line ${line}.`);
  }
  if (![0, 1].includes(lock.lockfileVersion)) {
    throw new Unreadable(
      `It is of version ${String(lock.lockfileVersion).slice(
        0,
        20,
      )}; 0 and 1 are read.`,
      'Write it with a released Bun.',
    );
  }
  return lock;
}

/** Keys are ways: `a/b` is the b that a has for itself. A name with a scope is one step. */
function find(
  pinned: ReadonlyMap<string, Pinned>,
  from: string,
  name: string,
): string | undefined {
  const steps = from.match(/@[^/]*\/[^/]*|[^/]+/g) ?? [];
  // Nobody nests deeper, and each step is a look.
  for (let depth = Math.min(steps.length, 100); depth >= 0; depth--) {
    const key = [...steps.slice(0, depth), name].join('/');
    if (pinned.has(key)) return key;
  }
  return undefined;
}
