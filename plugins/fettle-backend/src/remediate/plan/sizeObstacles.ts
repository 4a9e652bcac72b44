import type { FileDiff, Playbook } from 'backstage-plugin-fettle-common';
import type { FileEdit, Obstacle } from 'backstage-plugin-fettle-node';

/** Over these no playbook goes, whatever its limits: nobody could look at it. */
const MOST_FILES = 500;
const MOST_LINES = 100_000;
const MOST_BYTES = 10 * 1024 * 1024;

/** Why a plan is too big to be applied. */
export function sizeObstacles(
  files: readonly FileDiff[],
  edits: readonly FileEdit[],
  { limits, title }: Pick<Playbook, 'limits' | 'title'>,
): Obstacle[] {
  const lines = files.reduce((n, { added, removed }) => n + added + removed, 0);
  const bytes = edits.reduce(
    (n, { content }) => n + Buffer.byteLength(content ?? ''),
    0,
  );
  const measured = [
    { what: 'files', is: files.length, most: limits.filesPerRun ?? Infinity },
    { what: 'lines', is: lines, most: limits.linesPerRun ?? Infinity },
  ];
  const own = measured.find(({ is, most }) => is > most);
  if (own) {
    return [
      {
        code: 'too-large',
        message: `'${title}' would change ${own.is} ${own.what} at once, and its limit is ${own.most}.`,
        action: `Narrow the playbook, or raise its limit ${own.what}PerRun.`,
      },
    ];
  }
  if (files.length > MOST_FILES || lines > MOST_LINES || bytes > MOST_BYTES) {
    return [
      {
        code: 'enormous',
        message: `'${title}' would change ${files.length} files and ${lines} lines (${bytes} bytes) at once: more than anyone could look at.`,
        action: `Split it: at most ${MOST_FILES} files, ${MOST_LINES} lines and 10 MiB are changed at once.`,
      },
    ];
  }
  return [];
}
