import { component } from '../component';
import type { Format } from '../Format';
import { readToml } from '../parse/readToml';
import { requestsOf } from './cargo/requestsOf';

/** What a Cargo.toml asks for, where no lockfile says what is used. */
export const cargoToml: Format = {
  title: 'Cargo.toml',
  matches: name => name === 'Cargo.toml',
  unless: ['Cargo.lock'],
  read({ path, text }) {
    const requests = requestsOf(readToml(text));
    return [...requests].flatMap(([name, request]) => {
      const { scope, requirement, inherited } = request;
      // It may be a folder of the repository.
      if (inherited) return [];
      const [, version = null] =
        /^=\s*(\d+\.\d+\.\d+(?:[-+][\w.+-]*)?)$/.exec(requirement ?? '') ?? [];
      return component('crates.io', {
        ...{ name, version, path, scope, direct: true, requirement },
      });
    });
  },
};
