/** One line of a diff. A number is null on the side that does not have it. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  before: number | null;
  after: number | null;
  text: string;
  /** What of the text differs from the line that it takes the place of, or that takes its place. */
  changed: [from: number, to: number] | null;
}

/** Lines that stand together. */
export interface DiffHunk {
  before: number;
  after: number;
  /** What the diff names as around it, for example a function. */
  context: string;
  lines: DiffLine[];
  /** The last line of the file has no line break, on the sides named. */
  noNewline: boolean;
}

const HEAD = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/;

/** Reads a unified diff of one file. What stands before its first hunk is left out. */
export function parseDiff(diff: string): DiffHunk[] {
  const hunks: DiffHunk[] = [];
  let before = 0;
  let after = 0;
  for (const line of diff.replace(/\n$/, '').split('\n')) {
    const head = HEAD.exec(line);
    if (head) {
      before = Number(head[1]);
      after = Number(head[2]);
      const context = head[3];
      hunks.push({ before, after, context, lines: [], noNewline: false });
      continue;
    }
    const hunk = hunks.at(-1);
    if (!hunk) continue;
    const text = line.slice(1);
    const changed = null;
    if (line.startsWith('+')) {
      hunk.lines.push({ kind: 'added', before: null, after, text, changed });
      after += 1;
    } else if (line.startsWith('-')) {
      hunk.lines.push({ kind: 'removed', before, after: null, text, changed });
      before += 1;
    } else if (line.startsWith('\\')) {
      hunk.noNewline = true;
    } else {
      hunk.lines.push({ kind: 'same', before, after, text, changed });
      before += 1;
      after += 1;
    }
  }
  hunks.forEach(({ lines }) => markChanged(lines));
  return hunks;
}

/** Marks what differs in as many removed lines as are followed by added ones. */
function markChanged(lines: DiffLine[]): void {
  let at = 0;
  while (at < lines.length) {
    const removed = run(lines, at, 'removed');
    const added = run(lines, at + removed, 'added');
    if (removed > 0 && removed === added) {
      for (let n = 0; n < removed; n += 1) {
        markPair(lines[at + n], lines[at + removed + n]);
      }
    }
    at += Math.max(1, removed + added);
  }
}

function run(lines: DiffLine[], from: number, kind: DiffLine['kind']): number {
  let count = 0;
  while (lines[from + count]?.kind === kind) count += 1;
  return count;
}

function markPair(a: DiffLine, b: DiffLine): void {
  const most = Math.min(a.text.length, b.text.length);
  let start = 0;
  while (start < most && a.text[start] === b.text[start]) start += 1;
  let end = 0;
  while (
    end < most - start &&
    a.text[a.text.length - 1 - end] === b.text[b.text.length - 1 - end]
  ) {
    end += 1;
  }
  // Lines that have little in common are other lines, not changed ones.
  if (start + end < Math.max(a.text.length, b.text.length) / 3) return;
  a.changed = [start, a.text.length - end];
  b.changed = [start, b.text.length - end];
}
