import { component } from '../component';
import { Unreadable, type Format } from '../Format';

const NAMED =
  /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(?:\(([^)]*)\)|([^;]*))/;
/** Options, addresses and paths: they name nothing that a registry has. */
const OTHER = /^(?:-|[.~/]|[A-Za-z]:[\\/]|[\w+.-]+:|[^\s=<>~!@;]*[\\/])/;
const DEVELOPMENT =
  /(?:^|[-_./])(?:dev|develop|development|tests?|testing|lint|docs?|ci)(?:[-_./]|$)/;

/** pip's requirements: https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export const requirements: Format = {
  title: 'requirements.txt',
  matches: (name, path) =>
    /^(?:.*[-_.])?requirements(?:[-_.].*)?\.txt$/.test(name) ||
    /(?:^|\/)requirements\/[^/]+\.txt$/.test(path),
  read({ path, text }) {
    const scope = DEVELOPMENT.test(path.split('/').slice(-2).join('/'))
      ? 'development'
      : 'runtime';
    const lines = text.split(/\r?\n/);
    // What pip-compile and uv wrote says by whom each came.
    const compiled = lines.some(line => /^\s*#\s*via\b/.test(line));
    return lines.flatMap((_, index) => {
      if (lines[index - 1]?.endsWith('\\')) return [];
      const code = joined(lines, index)
        .replace(/(?:^|\s)#.*$/, '')
        .trim();
      if (code === '' || OTHER.test(code)) return [];
      const [, name, inBrackets, rest = inBrackets] = NAMED.exec(code) ?? [];
      const wanted = rest?.split(/\s--?\w/, 1)[0].trim() ?? '';
      if (!name || (wanted !== '' && !/^[=<>~!@]/.test(wanted))) {
        throw new Unreadable(
          `Line ${index + 1} names no requirement.`,
          'Correct the line, or give another name to a file that is not for pip.',
        );
      }
      const [, version = null] = /^===?\s*([^\s,*${]+)$/.exec(wanted) ?? [];
      return component('PyPI', {
        ...{ name, version, path, scope, line: index + 1 },
        requirement: wanted || undefined,
        direct: compiled ? isAsked(lines, index) : true,
      });
    });
  },
};

/** With the lines that go on from it. */
function joined(lines: readonly string[], index: number): string {
  let code = lines[index];
  for (
    let next = index + 1;
    code.endsWith('\\') && next < lines.length;
    next++
  ) {
    code = `${code.slice(0, -1)} ${lines[next]}`;
    // Hashes follow, and no name or version.
    if (code.length > 2_000) break;
  }
  return code;
}

/** Direct where a file of requirements or a project asked for it; null where nothing is said. */
function isAsked(lines: readonly string[], index: number): boolean | null {
  let next = index;
  while (lines[next]?.endsWith('\\')) next += 1;
  const told = [/#.*$/.exec(lines[next] ?? '')?.[0] ?? ''];
  for (next += 1; /^\s+#/.test(lines[next] ?? ''); next++) {
    told.push(lines[next]);
  }
  const comment = told.join(' ');
  if (comment === '') return null;
  return /(?:#|via|,)\s*-[rc]\s|\((?:pyproject\.toml|setup\.(?:py|cfg))(?:[ :].*)?\)/.test(
    comment,
  );
}
