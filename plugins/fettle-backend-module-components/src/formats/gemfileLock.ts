import { component } from '../component';
import type { Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

/** Bundler's lockfile: sections, with specifications by how far they are indented. */
export const gemfileLock: Format = {
  title: 'Gemfile.lock',
  matches: name => name === 'Gemfile.lock' || name === 'gems.locked',
  read({ path, text }) {
    const graph = new Graph();
    const versions = new Map<string, string | null>();
    const dependsOn = new Map<string, string[]>();
    let section = '';
    let current = '';
    for (const line of text.split(/\r?\n/)) {
      if (/^[A-Z]/.test(line)) section = line.trim();
      const [, indent, name, version] =
        /^( +)([\w.-]+)!?(?: \(([^)]*)\))?!?$/.exec(line) ?? [];
      if (!name) continue;
      if (section === 'DEPENDENCIES' && indent.length === 2) {
        graph.ask(name, 'unknown');
      } else if (['GEM', 'GIT', 'PATH'].includes(section)) {
        if (indent.length === 4 && version) {
          current = name;
          // Builds for several platforms are one version.
          const released = version.replace(
            /-(?:x86|x64|arm|aarch|java|universal|mingw).*$/,
            '',
          );
          if (section !== 'PATH') {
            versions.set(name, section === 'GEM' ? released : null);
          }
          dependsOn.set(name, dependsOn.get(name) ?? []);
        } else if (indent.length === 6) dependsOn.get(current)?.push(name);
      }
    }
    for (const [name, names] of dependsOn) graph.add(name, name, names);
    const reached = graph.reach();
    return [...versions].map(([name, version]) =>
      component('RubyGems', {
        ...{ name, version, path },
        ...(reached.get(name) ?? UNREACHED),
      }),
    );
  },
};
