import { component } from '../component';
import { entriesOf, textOf, type Format } from '../Format';
import { readJson } from '../parse/readJson';

const EXACT = /^[=v]{0,2}(\d+\.\d+\.\d+(?:[-+][\w.+-]*)?)$/;
const SCOPES = [
  ['dependencies', 'runtime'],
  ['devDependencies', 'development'],
  ['optionalDependencies', 'optional'],
] as const;

/** What a package.json asks for, where no lockfile says what is installed. */
export const packageJson: Format = {
  title: 'package.json',
  matches: name => name === 'package.json',
  unless: [
    ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock'],
    ...['pnpm-lock.yaml', 'bun.lock'],
  ],
  read({ path, text }) {
    const manifest = readJson(text);
    return SCOPES.flatMap(([field, scope]) =>
      entriesOf(manifest[field]).flatMap(([asked, value]) => {
        const wanted = textOf(value) ?? '';
        // What is in the repository itself.
        if (/^(?:workspace|link|portal):/.test(wanted)) return [];
        const [, alias, range] = /^npm:(@?[^@]+)@(.+)$/.exec(wanted) ?? [];
        const requirement = range ?? wanted;
        const [, version = null] = EXACT.exec(requirement) ?? [];
        return component('npm', {
          ...{ name: alias ?? asked, version, path, requirement },
          ...{ scope, direct: true },
        });
      }),
    );
  },
};
