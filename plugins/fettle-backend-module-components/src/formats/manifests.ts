import { parse } from 'smol-toml';
import { component } from '../component';
import { entriesOf, textOf, type Format } from '../Format';
import { readPyproject } from './pythonLocks';

const EXACT = /^=?v?\d+\.\d+\.\d+[\w.+-]*$/;

/** What a package.json asks for, where no lockfile says what is installed. */
export const packageJson: Format = {
  title: 'package.json',
  matches: name => name === 'package.json',
  unless: [
    ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock'],
    ...['pnpm-lock.yaml', 'bun.lock'],
  ],
  read({ path, text }) {
    const manifest = JSON.parse(text);
    return (
      [
        ['dependencies', 'runtime'],
        ['devDependencies', 'development'],
        ['optionalDependencies', 'optional'],
      ] as const
    ).flatMap(([field, scope]) =>
      entriesOf(manifest?.[field]).flatMap(([asked, value]) => {
        const wanted = textOf(value) ?? '';
        if (/^(?:workspace|file|link|portal):/.test(wanted)) return [];
        const [, alias, range] = /^npm:(@?[^@]+)@(.+)$/.exec(wanted) ?? [];
        const requirement = range ?? wanted;
        const exact = EXACT.test(requirement);
        return [
          component('npm', {
            ...{ name: alias ?? asked, path, scope, direct: true },
            version: exact ? requirement.replace(/^=?v?/, '') : null,
            requirement: exact ? undefined : requirement,
          }),
        ];
      }),
    );
  },
};

/** What a pyproject.toml asks for. */
export const pyproject: Format = {
  title: 'pyproject.toml',
  matches: name => name === 'pyproject.toml',
  unless: [
    ...['poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile.lock'],
    'requirements.txt',
  ],
  read: ({ path, text }) =>
    [...readPyproject(text)].map(([name, scope]) =>
      component('PyPI', { name, path, scope, version: null, direct: true }),
    ),
};

/** What a Cargo.toml asks for. */
export const cargoToml: Format = {
  title: 'Cargo.toml',
  matches: name => name === 'Cargo.toml',
  unless: ['Cargo.lock'],
  read({ path, text }) {
    const manifest: any = parse(text);
    return (
      [
        ['dependencies', 'runtime'],
        ['dev-dependencies', 'development'],
        ['build-dependencies', 'development'],
      ] as const
    ).flatMap(([field, scope]) =>
      entriesOf(manifest[field]).flatMap(([asked, value]) => {
        if (value?.path !== undefined || value?.workspace === true) return [];
        const requirement = textOf(value) ?? textOf(value?.version);
        const name = textOf(value?.package) ?? asked;
        const exact = requirement?.startsWith('=') ?? false;
        return [
          component('crates.io', {
            ...{ name, path, scope, direct: true },
            version: exact ? requirement!.slice(1).trim() : null,
            requirement: exact ? undefined : requirement,
          }),
        ];
      }),
    );
  },
};
