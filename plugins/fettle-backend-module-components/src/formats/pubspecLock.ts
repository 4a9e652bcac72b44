import { component } from '../component';
import { entriesOf, textOf, Unreadable, type Format } from '../Format';
import { findLines } from '../parse/findLines';
import { readYaml } from '../parse/readYaml';

/** Dart's lockfile: https://dart.dev/tools/pub/glossary#lockfile */
export const pubspecLock: Format = {
  title: 'pubspec.lock',
  matches: name => name === 'pubspec.lock',
  read({ path, text }) {
    const lock = readYaml(text);
    if (lock.packages === undefined) {
      throw new Unreadable('It has no packages.');
    }
    const lines = findLines(text, /^ {2}([\w.-]+):/);
    return entriesOf(lock.packages).flatMap(([asked, entry]) => {
      if (entry?.source === 'sdk' || entry?.source === 'path') return [];
      const how = textOf(entry?.dependency) ?? '';
      return component('Pub', {
        name: textOf(entry?.description?.name) ?? asked,
        ...{ path, version: textOf(entry?.version) ?? null },
        ...{ line: lines.get(asked) },
        direct: how === '' ? null : how.startsWith('direct'),
        scope: scopeOf(how),
      });
    });
  },
};

/** What a transitive one is for, it does not tell. */
function scopeOf(how: string) {
  if (how === 'direct dev') return 'development';
  return how.startsWith('direct') ? 'runtime' : 'unknown';
}
