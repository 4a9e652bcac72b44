/** One conflict that was committed: from its first marker to its last. */
export interface Conflict {
  /** First line is 1. */
  line: number;
  /** What follows the first marker: a branch or commit. */
  label: string;
  /** Whether it stands in a code block of a document, where it is shown and not made. */
  shown: boolean;
}

/** What opens and closes a code block, by the kind of document. */
const FENCES: { path: RegExp; marks: RegExp }[] = [
  {
    path: /\.(md|mdx|markdown|mdown)$/i,
    marks: /^[ >]{0,12}(`{3,}|~{3,})(.*)$/,
  },
  {
    path: /\.(adoc|asciidoc|asc|txt)$/i,
    marks: /^(-{4,}|\.{4,}|`{3,})([ \t]*)$/,
  },
  { path: /\.org$/i, marks: /^#\+(?:begin|end)_(src|example)(.*)$/i },
  { path: /\.html?$/i, marks: /^.*<\/?(pre)\b[^>]*>()$/i },
];

/**
 * The conflicts of a text: `<<<<<<< `, then a line of `=======`, then
 * `>>>>>>> `, in this order and each at the start of a line. A line of
 * `=======` alone underlines a heading in many documents.
 */
export function findConflicts(path: string, text: string): Conflict[] {
  const found: Conflict[] = [];
  const marks = FENCES.find(one => one.path.test(path))?.marks;
  let start: Conflict | undefined;
  let divided = false;
  let fence: string | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (marks && !start) fence = fenceAfter(fence, line, marks);
    if (/^<{7} /.test(line)) {
      start = {
        line: index + 1,
        label: line.slice(8, 108),
        shown: fence !== undefined,
      };
      divided = false;
    } else if (start && line === '=======') {
      divided = true;
    } else if (start && divided && /^>{7} /.test(line)) {
      found.push(start);
      start = undefined;
    }
  }
  return found;
}

/** The fence that is open after a line. */
function fenceAfter(open: string | undefined, line: string, marks: RegExp) {
  const [, mark, rest] = marks.exec(line) ?? [];
  if (mark === undefined) return open;
  if (open === undefined) return mark;
  const closes = mark[0] === open[0] && mark.length >= open.length;
  return closes && rest.trim() === '' ? undefined : open;
}
