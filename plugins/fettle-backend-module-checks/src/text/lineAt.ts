/** The line, from 1, of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; ) {
    line += 1;
    at = text.indexOf('\n', at + 1);
  }
  return line;
}
