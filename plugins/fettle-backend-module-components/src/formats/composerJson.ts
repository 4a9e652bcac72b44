import { component } from '../component';
import { entriesOf, textOf, type Format } from '../Format';
import { readJson } from '../parse/readJson';

/** What a composer.json asks for, where no lockfile says what is installed. */
export const composerJson: Format = {
  title: 'composer.json',
  matches: name => name === 'composer.json',
  unless: ['composer.lock'],
  read({ path, text }) {
    const manifest = readJson(text);
    return (
      [
        ['require', 'runtime'],
        ['require-dev', 'development'],
      ] as const
    ).flatMap(([field, scope]) =>
      entriesOf(manifest[field])
        // PHP itself and its extensions are no packages.
        .filter(([name]) => name.includes('/'))
        .map(([name, value]) => {
          const requirement = textOf(value);
          const [, version = null] =
            /^[v=]*(\d+(?:\.\d+){2,3}(?:-[\w.]+)?)$/.exec(requirement ?? '') ??
            [];
          return component('Packagist', {
            ...{ name, version, path, scope, direct: true, requirement },
          });
        }),
    );
  },
};
