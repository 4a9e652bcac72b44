import { component } from '../component';
import { listOf, textOf, Unreadable, type Format } from '../Format';
import { findLines } from '../parse/findLines';
import { readJson } from '../parse/readJson';

/** Swift's lockfile, versions 1 to 3. */
export const packageResolved: Format = {
  title: 'Package.resolved',
  matches: name => name === 'Package.resolved',
  read({ path, text }) {
    const lock = readJson(text);
    const pins = lock.pins ?? lock.object?.pins;
    if (![1, 2, 3].includes(lock.version) || !Array.isArray(pins)) {
      throw new Unreadable(
        'It has no list of pins of version 1 to 3.',
        'Write it with a released Swift.',
      );
    }
    const lines = findLines(
      text,
      /^\s*"(?:location|repositoryURL)" ?: "([^"]+)"/,
    );
    return listOf(pins).flatMap(pin => {
      const address = textOf(pin?.location) ?? textOf(pin?.repositoryURL);
      const name = nameOf(address) ?? textOf(pin?.identity);
      if (!name || pin?.kind === 'localSourceControl') return [];
      return component('SwiftURL', {
        ...{ name, path, version: textOf(pin.state?.version) ?? null },
        requirement: textOf(pin.state?.branch),
        line: address ? lines.get(address) : undefined,
        ...{ direct: null, scope: 'runtime' },
      });
    });
  },
};

/** An address as OSV writes it: without scheme, user and `.git`. */
function nameOf(address: string | undefined): string | undefined {
  const name = address
    ?.replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]*@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
  return name || undefined;
}
