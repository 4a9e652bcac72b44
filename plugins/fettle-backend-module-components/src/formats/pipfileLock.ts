import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { parse } from 'smol-toml';
import { component, normalizePypi } from '../component';
import { beside, entriesOf, textOf, type Format } from '../Format';

/** Pipenv's lockfile. */
export const pipfileLock: Format = {
  title: 'Pipfile.lock',
  matches: name => name === 'Pipfile.lock',
  read(file, files) {
    const lock = JSON.parse(file.text);
    const manifest = beside(file, 'Pipfile', files);
    let asked: Set<string> | undefined;
    try {
      const pipfile: any = manifest && parse(manifest.text);
      asked =
        pipfile &&
        new Set(
          [
            ...entriesOf(pipfile.packages),
            ...entriesOf(pipfile['dev-packages']),
          ].map(([name]) => normalizePypi(name)),
        );
    } catch {
      // What is direct is then not known.
    }
    const found = new Map<string, ComponentReport>();
    for (const [section, scope] of [
      ['develop', 'development'],
      ['default', 'runtime'],
    ] as const) {
      for (const [name, entry] of entriesOf(lock?.[section])) {
        const version = textOf(entry?.version)?.replace(/^==/, '') ?? null;
        const direct = asked?.has(normalizePypi(name)) ?? null;
        const { path } = file;
        found.set(
          name,
          component('PyPI', { name, version, path, direct, scope }),
        );
      }
    }
    return [...found.values()];
  },
};
