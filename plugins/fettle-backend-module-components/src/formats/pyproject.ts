import { component } from '../component';
import type { Format } from '../Format';
import { readPyproject } from './python/readPyproject';

/** What a pyproject.toml asks for, where nothing says what is installed. */
export const pyproject: Format = {
  title: 'pyproject.toml',
  matches: name => name === 'pyproject.toml',
  unless: [
    ...['poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile.lock'],
    'requirements.txt',
  ],
  read: ({ path, text }) =>
    [...readPyproject(text).values()].map(({ name, scope, requirement }) => {
      const [, version = null] =
        /^===?\s*([^\s,*]+)$|^(\d+(?:\.\d+)+)$/.exec(requirement ?? '') ?? [];
      return component('PyPI', {
        ...{ name, version, path, requirement },
        ...{ scope, direct: true },
      });
    }),
};
