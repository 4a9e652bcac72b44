import { component } from '../component';
import { Unreadable, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

/** Sections with packages; of PATH, those of the repository itself. */
const SOURCES = ['GEM', 'GIT', 'PATH', 'PLUGIN SOURCE'];
/** Builds for several platforms are one version. */
const PLATFORM =
  /-(?:x86|x64|arm|aarch|java|jruby|universal|mswin|mingw|musl|linux|darwin).*$/;

interface Gem {
  name: string;
  version: string;
  line: number;
  own: boolean;
  needs: string[];
}

/** Bundler's lockfile: sections, with specifications by how far they are indented. */
export const gemfileLock: Format = {
  title: 'Gemfile.lock',
  matches: name => name === 'Gemfile.lock' || name === 'gems.locked',
  read({ path, text }) {
    const gems = new Map<string, Gem>();
    const graph = new Graph();
    let section = '';
    let isLock = false;
    let current: Gem | undefined;
    text.split(/\r?\n/).forEach((line, index) => {
      if (/^[A-Z]/.test(line)) section = line.trim();
      if (section === 'DEPENDENCIES') isLock = true;
      const [, indent, name, told] =
        /^( {2,6})([\w.-]+)(?: \(([^)]*)\))?!?$/.exec(line) ?? [];
      if (!name) return;
      if (section === 'DEPENDENCIES' && indent.length === 2) {
        // Its groups stand in the Gemfile, which is code.
        graph.ask(name, 'unknown', told);
      } else if (SOURCES.includes(section)) {
        if (indent.length === 4 && told) {
          current = gems.get(name) ?? {
            ...{ name, version: told.replace(PLATFORM, ''), line: index + 1 },
            ...{ own: section === 'PATH', needs: [] },
          };
          gems.set(name, current);
        } else if (indent.length === 6) current?.needs.push(name);
      }
    });
    if (!isLock) throw new Unreadable('It ends before its dependencies.');
    for (const { name, own, needs } of gems.values()) {
      if (own) for (const one of needs) graph.ask(one, 'unknown');
      else graph.add(name, name, needs);
    }
    const reached = graph.reach();
    return [...gems.values()]
      .filter(({ own }) => !own)
      .map(({ name, version, line }) =>
        component('RubyGems', {
          ...{ name, version, path, line },
          ...(reached.get(name) ?? UNREACHED),
        }),
      );
  },
};
