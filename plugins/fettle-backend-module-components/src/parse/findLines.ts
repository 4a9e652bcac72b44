// Keys stand at the start of their lines; what is longer is no name.
const MOST_LOOKED_AT = 1_000;

/**
 * On which line each thing is named first. Parsers tell no lines, and their
 * tools write one thing a line, so a look at each line is enough.
 *
 * @param pattern its first group is the name; it is asked about each line
 */
export function findLines(text: string, pattern: RegExp): Map<string, number> {
  const lines = new Map<string, number>();
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const looked = text.slice(start, Math.min(end, start + MOST_LOOKED_AT));
    const name = pattern.exec(looked.trimEnd())?.[1];
    if (name !== undefined && !lines.has(name)) lines.set(name, line);
    start = end + 1;
  }
  return lines;
}

/** The lines that are exactly this, in their order: blocks of one kind are a list, and the n-th begins on the n-th. */
export function findHeads(text: string, head: string): number[] {
  const lines: number[] = [];
  let line = 1;
  for (let start = 0; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (text.startsWith(head, start)) lines.push(line);
    start = end + 1;
  }
  return lines;
}
