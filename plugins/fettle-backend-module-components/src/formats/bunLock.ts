import { parse, type ParseError } from 'jsonc-parser';
import { component } from '../component';
import { entriesOf, listOf, textOf, Unreadable, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

const SCOPES = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
] as const;

/** Bun's lockfile in text: https://bun.sh/docs/install/lockfile */
export const bunLock: Format = {
  title: 'bun.lock',
  matches: name => name === 'bun.lock',
  read({ text, path }) {
    const errors: ParseError[] = [];
    const lock = parse(text, errors, { allowTrailingComma: true });
    if (errors.length > 0 || typeof lock !== 'object' || lock === null) {
      throw new Unreadable('It is no JSON.', 'Write it anew with bun install.');
    }
    const graph = new Graph();
    const packages = new Map(entriesOf(lock.packages));
    // Keys are ways: `a/b` is the b that a has for itself.
    const find = (from: string, name: string): string | undefined => {
      for (
        let way = from;
        ;
        way = way.slice(0, Math.max(0, way.lastIndexOf('/')))
      ) {
        const key = way === '' ? name : `${way}/${name}`;
        if (packages.has(key)) return key;
        if (way === '') return undefined;
      }
    };
    const named = new Map<string, { name: string; version: string | null }>();
    for (const [key, entry] of packages) {
      const [, name, version] =
        /^(@?[^@]+)@(.*)$/.exec(textOf(listOf(entry)[0]) ?? '') ?? [];
      if (!name || version === undefined || version.startsWith('workspace:'))
        continue;
      named.set(key, { name, version: /^\d/.test(version) ? version : null });
      const asks = listOf(entry).find(part => typeof part === 'object');
      const dependsOn = [
        ...entriesOf(asks?.dependencies),
        ...entriesOf(asks?.optionalDependencies),
      ];
      graph.add(
        key,
        name,
        dependsOn.flatMap(([one]) => find(key, one) ?? []),
      );
    }
    for (const [, workspace] of entriesOf(lock.workspaces)) {
      for (const [field, scope] of SCOPES) {
        for (const [name] of entriesOf(workspace?.[field])) {
          graph.ask(find(textOf(workspace?.name) ?? '', name), scope);
        }
      }
    }
    const reached = graph.reach();
    return [...named].map(([key, { name, version }]) =>
      component('npm', {
        name,
        version,
        path,
        ...(reached.get(key) ?? UNREACHED),
      }),
    );
  },
};
