import { parse } from 'yaml';
import { component } from '../component';
import { entriesOf, listOf, textOf, type Format } from '../Format';

/** Dart's lockfile: https://dart.dev/tools/pub/glossary#lockfile */
export const pubspecLock: Format = {
  title: 'pubspec.lock',
  matches: name => name === 'pubspec.lock',
  read({ path, text }) {
    const lock = parse(text, { maxAliasCount: 100 });
    return entriesOf(lock?.packages).flatMap(([name, entry]) => {
      if (entry?.source === 'sdk' || entry?.source === 'path') return [];
      const how = textOf(entry?.dependency) ?? '';
      return [
        component('Pub', {
          ...{ name, path, version: textOf(entry?.version) ?? null },
          direct: how === '' ? null : how.startsWith('direct'),
          scope: how === 'direct dev' ? 'development' : 'runtime',
        }),
      ];
    });
  },
};

/** Mix's lockfile, an Elixir map of which only entries of hex are read: no code is. */
export const mixLock: Format = {
  title: 'mix.lock',
  matches: name => name === 'mix.lock',
  read({ path, text }) {
    return text.split('\n').flatMap((line, index) => {
      const [, name, version] =
        /^\s*"[^"]+":\s*\{:hex,\s*:"?([\w-]+)"?,\s*"([^"]+)"/.exec(line) ?? [];
      if (!name) return [];
      return [
        component('Hex', {
          ...{ name, version, path, line: index + 1 },
          ...{ direct: null, scope: 'unknown' },
        }),
      ];
    });
  },
};

/** Swift's lockfile, versions 1 to 3. */
export const packageResolved: Format = {
  title: 'Package.resolved',
  matches: name => name === 'Package.resolved',
  read({ path, text }) {
    const lock = JSON.parse(text);
    const pins = [...listOf(lock?.pins), ...listOf(lock?.object?.pins)];
    return pins.flatMap(pin => {
      const address = textOf(pin?.location) ?? textOf(pin?.repositoryURL);
      const name = address
        ?.replace(/^[a-z]+:\/\/(?:[^@/]*@)?|^[^@/]*@/, '')
        .replace(/^([^/:]+):/, '$1/')
        .replace(/\.git$/, '');
      if (!name) return [];
      return [
        component('SwiftURL', {
          ...{ name, path, version: textOf(pin.state?.version) ?? null },
          ...{ direct: null, scope: 'runtime' },
        }),
      ];
    });
  },
};
