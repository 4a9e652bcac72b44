import { component, normalizePypi } from '../component';
import {
  attempt,
  beside,
  entriesOf,
  textOf,
  Unreadable,
  type Format,
} from '../Format';
import { findLines } from '../parse/findLines';
import { readJson } from '../parse/readJson';
import { readToml } from '../parse/readToml';

/** Pipenv's lockfile. */
export const pipfileLock: Format = {
  title: 'Pipfile.lock',
  matches: name => name === 'Pipfile.lock',
  read(file, files) {
    const { path, text } = file;
    const lock = readJson(text);
    if (!lock.default && !lock.develop) {
      throw new Unreadable('It has neither packages nor development packages.');
    }
    const manifest = beside(file, 'Pipfile', files);
    const asked =
      manifest && attempt(() => requirementsOf(readToml(manifest.text)));
    const lines = findLines(text, /^ {8}"([^"\\]+)": \{/);
    return (
      [
        ['default', 'runtime'],
        ['develop', 'development'],
      ] as const
    ).flatMap(([section, scope]) =>
      entriesOf(lock[section]).flatMap(([name, entry]) => {
        // A folder of the repository.
        if (entry?.path !== undefined) return [];
        const wanted = asked?.get(normalizePypi(name));
        return component('PyPI', {
          ...{ name, path, scope, line: lines.get(name) },
          version: textOf(entry?.version)?.replace(/^===?/, '') ?? null,
          requirement: wanted && wanted !== '*' ? wanted : undefined,
          // Without its manifest, what is direct is not known.
          direct: asked ? wanted !== undefined : null,
        });
      }),
    );
  },
};

function requirementsOf(pipfile: any): Map<string, string> {
  return new Map(
    [...entriesOf(pipfile.packages), ...entriesOf(pipfile['dev-packages'])].map(
      ([name, wanted]) => [
        normalizePypi(name),
        textOf(wanted) ?? textOf(wanted?.version) ?? '*',
      ],
    ),
  );
}
