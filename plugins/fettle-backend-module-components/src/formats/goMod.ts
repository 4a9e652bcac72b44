import { component } from '../component';
import { Unreadable, type Format } from '../Format';

const DIRECTIVES = new Set([
  ...['module', 'go', 'toolchain', 'godebug', 'tool', 'ignore'],
  ...['require', 'replace', 'exclude', 'retract'],
]);

interface Required {
  version: string;
  line: number;
  direct: boolean;
}

/** Go's module file: https://go.dev/ref/mod#go-mod-file. What go.sum lists need not be used. */
export const goMod: Format = {
  title: 'go.mod',
  matches: name => name === 'go.mod',
  read({ path, text }) {
    const { required, replaced } = readModule(text);
    return [...required].flatMap(([asked, { version, line, direct }]) => {
      const [name, other] = replaced.get(`${asked} ${version}`) ??
        replaced.get(asked) ?? [asked, version];
      // A folder stands for it.
      if (/^\.{0,2}\/|^[A-Za-z]:/.test(name)) return [];
      return component('Go', {
        ...{ name, path, line, direct, scope: 'runtime' },
        // Advisories write it without its `v`.
        version: other?.replace(/^v/, '') ?? null,
        requirement: name === asked ? undefined : `${asked} ${version}`,
      });
    });
  },
};

function readModule(text: string) {
  const required = new Map<string, Required>();
  const replaced = new Map<string, [string, string | undefined]>();
  let block = '';
  text.split('\n').forEach((raw, index) => {
    const comment = raw.indexOf('//');
    const code = comment === -1 ? raw : raw.slice(0, comment);
    const parts = code
      .trim()
      .split(/\s+/)
      .map(part => part.replace(/^["`]|["`]$/g, ''));
    if (block === '' && parts.at(-1)?.endsWith('(')) {
      block = parts[0].replace('(', '');
      return;
    }
    if (parts[0] === ')') {
      block = '';
      return;
    }
    const kind = block || parts.shift();
    if (kind && !DIRECTIVES.has(kind)) {
      throw new Unreadable(`Line ${index + 1} is of no module file.`);
    }
    if (kind === 'require' && parts.length >= 2) {
      const direct = !/\bindirect\b/.test(raw.slice(code.length));
      required.set(parts[0], { version: parts[1], line: index + 1, direct });
    } else if (kind === 'replace' && parts.includes('=>')) {
      const arrow = parts.indexOf('=>');
      const [name, version] = parts.slice(arrow + 1);
      replaced.set(parts.slice(0, arrow).join(' '), [name ?? '', version]);
    }
  });
  if (block !== '') throw new Unreadable('It ends in the middle.');
  return { required, replaced };
}
