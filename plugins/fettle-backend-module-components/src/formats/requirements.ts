import { component } from '../component';
import type { Format } from '../Format';

/** pip's requirements: https://pip.pypa.io/en/stable/reference/requirements-file-format/ */
export const requirements: Format = {
  title: 'requirements.txt',
  matches: (name, path) =>
    /^(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.txt$/.test(name) ||
    /(?:^|\/)requirements\/[^/]+\.txt$/.test(path),
  read({ path, text }) {
    const scope = /dev|test|lint|docs/.test(path) ? 'development' : 'runtime';
    // What pip-compile wrote says by whom each came.
    const compiled = /^\s*#\s*via\b/m.test(text);
    const lines = text.replace(/\\\r?\n/g, ' ').split('\n');
    return lines.flatMap((line, index) => {
      const [, name, , rest] =
        /^\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*([^;#]*)/.exec(line) ?? [];
      if (!name || /^\s*\S+:\/\//.test(line) || /^\s*@/.test(rest)) return [];
      const wanted = rest.split(/\s--/)[0].trim();
      if (wanted !== '' && !/^[=<>~!]/.test(wanted)) return [];
      const [, exact] = /^===?\s*([^\s,*]+)$/.exec(wanted) ?? [];
      return [
        component('PyPI', {
          ...{ name, version: exact ?? null, path, scope },
          requirement: wanted || undefined,
          ...(compiled ? {} : { line: index + 1 }),
          direct: compiled ? viaOf(lines, index) : true,
        }),
      ];
    });
  },
};

/** Direct where a file of requirements asked for it. */
function viaOf(lines: readonly string[], index: number): boolean | null {
  const told = [lines[index]];
  for (let next = index + 1; /^\s+#/.test(lines[next] ?? ''); next++) {
    told.push(lines[next]);
  }
  const comment = told.join(' ');
  if (!comment.includes('#')) return null;
  return /#\s*(?:via\s+)?-[rc]\s|\((?:pyproject\.toml|setup\.(?:py|cfg))\)/.test(
    comment,
  );
}
