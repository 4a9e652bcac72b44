import { component } from '../component';
import { beside, entriesOf, listOf, textOf, type Format } from '../Format';
import { Graph, UNREACHED } from '../Graph';

/** Composer's lockfile: https://getcomposer.org/doc/01-basic-usage.md */
export const composerLock: Format = {
  title: 'composer.lock',
  matches: name => name === 'composer.lock',
  read(file, files) {
    const lock = JSON.parse(file.text);
    const graph = new Graph();
    const found = new Map<
      string,
      { version: string | null; licence?: string }
    >();
    for (const [section, scope] of [
      ['packages', 'runtime'],
      ['packages-dev', 'development'],
    ] as const) {
      for (const one of listOf(lock?.[section])) {
        const name = textOf(one?.name);
        if (!name) continue;
        const licences = listOf(one.license).flatMap(
          value => textOf(value) ?? [],
        );
        const version = textOf(one.version)?.replace(/^v/, '') ?? null;
        found.set(name, {
          version: version?.startsWith('dev-') ? null : version,
          licence: licences.length > 0 ? licences.join(' OR ') : undefined,
        });
        graph.add(
          name,
          name,
          entriesOf(one.require).map(([other]) => other),
        );
        // Without its manifest, each section still says what it is for.
        if (!beside(file, 'composer.json', files)) graph.ask(name, scope);
      }
    }
    const manifest = beside(file, 'composer.json', files);
    try {
      const asked = manifest && JSON.parse(manifest.text);
      for (const [name] of entriesOf(asked?.require))
        graph.ask(name, 'runtime');
      for (const [name] of entriesOf(asked?.['require-dev'])) {
        graph.ask(name, 'development');
      }
    } catch {
      // What is direct is then not known.
    }
    const reached = graph.reach();
    return [...found].map(([name, { version, licence }]) => {
      const how = reached.get(name) ?? UNREACHED;
      return component('Packagist', {
        ...{ name, version, licence, path: file.path, ...how },
        direct: manifest ? how.direct : null,
      });
    });
  },
};
