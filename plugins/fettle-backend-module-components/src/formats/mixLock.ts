import { component } from '../component';
import { Unreadable, type Format } from '../Format';

const HEX = /^\s*"?[\w-]+"?(?::|\s*=>)\s*\{:hex,\s*:"?([\w-]+)"?,\s*"([^"]+)"/;

/** Mix's lockfile, an Elixir map of which only the entries of Hex are read: it is never run as the code that it is. */
export const mixLock: Format = {
  title: 'mix.lock',
  matches: name => name === 'mix.lock',
  read({ path, text }) {
    if (!/^\s*%\{/.test(text)) throw new Unreadable('It is no map.');
    if (!/\}\s*$/.test(text.slice(-1_000))) {
      throw new Unreadable('It ends in the middle.');
    }
    return text.split('\n').flatMap((line, index) => {
      const [, name, version] = HEX.exec(line.slice(0, 2_000)) ?? [];
      if (!name) return [];
      return component('Hex', {
        ...{ name, version, path, line: index + 1 },
        // What is asked for stands in mix.exs, which is code.
        ...{ direct: null, scope: 'unknown' },
      });
    });
  },
};
