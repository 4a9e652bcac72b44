import type { FileDiff } from 'backstage-plugin-fettle-common';
import type { FileEdit, TreeFile } from 'backstage-plugin-fettle-node';
import { structuredPatch } from 'diff';

/** A longer diff is not shown; its lines are counted all the same. */
const MOST_SHOWN = 200_000;
/** Comparing two long and very different files is not worth the time. */
const COMPARE_MS = 1_000;

/** What an edit makes of a file; undefined where it changes nothing. */
export function diffFile(
  before: TreeFile | undefined,
  { path, content }: FileEdit,
): FileDiff | undefined {
  if (content === null) return before ? deleted(before) : undefined;
  if (before?.text === content) return undefined;
  const kind = before ? 'changed' : 'added';
  if (before && before.text === undefined) {
    // Binary, or too large: there are no lines to compare.
    return {
      ...{ path, kind, diff: null },
      ...{ added: linesOf(content), removed: 0 },
    };
  }
  return compare(path, kind, before?.text ?? '', content);
}

function deleted(before: TreeFile): FileDiff {
  const { path, text } = before;
  if (text === undefined) {
    return { path, kind: 'deleted', added: 0, removed: 0, diff: null };
  }
  return compare(path, 'deleted', text, '');
}

function compare(
  path: string,
  kind: FileDiff['kind'],
  before: string,
  after: string,
): FileDiff {
  const patch = structuredPatch(path, path, before, after, '', '', {
    context: 3,
    timeout: COMPARE_MS,
  });
  if (!patch) {
    return {
      ...{ path, kind, diff: null },
      ...{ added: linesOf(after), removed: linesOf(before) },
    };
  }
  let added = 0;
  let removed = 0;
  const text: string[] = [];
  for (const hunk of patch.hunks) {
    text.push(
      `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(
        hunk.newStart,
        hunk.newLines,
      )} @@`,
      ...hunk.lines,
    );
    for (const line of hunk.lines) {
      if (line.startsWith('+')) added += 1;
      else if (line.startsWith('-')) removed += 1;
    }
  }
  const diff = text.join('\n');
  return {
    ...{ path, kind, added, removed },
    diff: diff.length > MOST_SHOWN ? null : diff,
  };
}

function linesOf(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

/** As in unified diffs: a range without lines begins behind the line before it. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}
