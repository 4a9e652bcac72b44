import { parse } from 'yaml';
import { component } from '../component';
import { entriesOf, textOf, Unreadable, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

const SCOPES = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
] as const;

/** pnpm's lockfile, versions 5 to 9: https://github.com/pnpm/spec/tree/master/lockfile */
export const pnpmLock: Format = {
  title: 'pnpm-lock.yaml',
  matches: name => name === 'pnpm-lock.yaml',
  read({ text, path }) {
    const lock = parse(text, { maxAliasCount: 100 });
    const major = Number.parseInt(String(lock?.lockfileVersion), 10);
    if (!(major >= 5 && major <= 9)) {
      throw new Unreadable(
        `It is of version ${String(lock?.lockfileVersion).slice(
          0,
          20,
        )}; 5 to 9 are read.`,
        'Write it with a released pnpm.',
      );
    }
    const graph = new Graph();
    const keys = new Map<string, { name: string; version: string | null }>();
    for (const source of [lock.packages, lock.snapshots]) {
      for (const [key, entry] of entriesOf(source)) {
        const found = identify(key, entry);
        if (found) keys.set(key, found);
      }
    }
    const find = (name: string, wanted: unknown) => {
      const version = textOf(wanted) ?? textOf((wanted as any)?.version);
      if (version === undefined || version.startsWith('link:'))
        return undefined;
      const forms = [
        `${name}@${version}`,
        `/${name}@${version}`,
        `/${name}/${version}`,
        version,
        `/${version}`,
      ];
      return forms.find(form => keys.has(form));
    };
    for (const [key, { name }] of keys) {
      const entry = lock.snapshots?.[key] ?? lock.packages?.[key];
      const dependsOn = [
        ...entriesOf(entry?.dependencies),
        ...entriesOf(entry?.optionalDependencies),
      ];
      graph.add(
        key,
        name,
        dependsOn.flatMap(([one, wanted]) => find(one, wanted) ?? []),
      );
    }
    const importers = lock.importers
      ? entriesOf(lock.importers).map(([, importer]) => importer)
      : [lock];
    for (const importer of importers) {
      for (const [field, scope] of SCOPES) {
        for (const [name, wanted] of entriesOf(importer?.[field])) {
          graph.ask(find(name, wanted), scope);
        }
      }
    }
    const reached = graph.reach();
    // Peers make several entries of one version.
    const seen = new Set<string>();
    return [...keys]
      .sort(([a], [b]) => Number(reached.has(b)) - Number(reached.has(a)))
      .flatMap(([key, { name, version }]) => {
        if (seen.has(`${name}@${version}`)) return [];
        seen.add(`${name}@${version}`);
        const how = reached.get(key) ?? UNREACHED;
        return [component('npm', { name, version, path, ...how })];
      });
  },
};

/** `/@a/b@1.0.0(peer@2)`, `a@1.0.0`, `/@a/b/1.0.0_peer`. */
function identify(key: string, entry: any) {
  const bare = key.replace(/^\//, '').replace(/\(.*$/, '');
  const [, name, version] =
    /^(@[^/]+\/[^@/]+|[^@/]+)[@/](.+)$/.exec(bare) ?? [];
  if (!name || !version) return undefined;
  const told = textOf(entry?.version) ?? version.replace(/_.*$/, '');
  const released = /^\d/.test(told);
  return { name: textOf(entry?.name) ?? name, version: released ? told : null };
}
