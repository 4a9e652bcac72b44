import { component } from '../component';
import type { Format } from '../Format';

/** Go's module file: https://go.dev/ref/mod#go-mod-file */
export const goMod: Format = {
  title: 'go.mod',
  matches: name => name === 'go.mod',
  read({ path, text }) {
    const required = new Map<
      string,
      { version: string; line: number; direct: boolean }
    >();
    const replaced = new Map<string, [string, string | undefined]>();
    let block = '';
    text.split('\n').forEach((raw, index) => {
      const [code, comment = ''] = raw.split('//', 2);
      const line = code.trim();
      const [, opened] = /^(\w+)\s*\($/.exec(line) ?? [];
      if (opened) {
        block = opened;
        return;
      }
      if (line === ')') {
        block = '';
        return;
      }
      const [, word, rest] = /^(require|replace)\s+(.+)$/.exec(line) ?? [];
      const kind = word ?? block;
      const parts = (rest ?? line)
        .split(/\s+/)
        .map(part => part.replace(/"/g, ''));
      if (kind === 'require' && parts.length >= 2) {
        const direct = !/\bindirect\b/.test(comment);
        required.set(parts[0], { version: parts[1], line: index + 1, direct });
      } else if (kind === 'replace' && parts.includes('=>')) {
        const [name, version] = parts.slice(parts.indexOf('=>') + 1);
        replaced.set(parts[0], [name, version]);
      }
    });
    return [...required].flatMap(([asked, { version, line, direct }]) => {
      const [name, other] = replaced.get(asked) ?? [asked, version];
      // A folder of the repository stands for it.
      if (/^[./]/.test(name)) return [];
      return [
        component('Go', {
          ...{ name, path, line, direct, scope: 'runtime' },
          version: other?.replace(/^v/, '') ?? null,
        }),
      ];
    });
  },
};
