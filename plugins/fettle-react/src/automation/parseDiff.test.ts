import { parseDiff } from './parseDiff';

describe('parseDiff', () => {
  it('numbers the lines of both sides', () => {
    const [hunk] = parseDiff('@@ -10,3 +10,4 @@ jobs:\n a\n-b\n+c\n+d\n e\n');
    expect(hunk.context).toBe('jobs:');
    expect(
      hunk.lines.map(({ kind, before, after, text }) => [
        ...[kind, before, after, text],
      ]),
    ).toEqual([
      ['same', 10, 10, 'a'],
      ['removed', 11, null, 'b'],
      ['added', null, 11, 'c'],
      ['added', null, 12, 'd'],
      ['same', 12, 13, 'e'],
    ]);
  });

  it('leaves out a header, and keeps lines that look like one', () => {
    const hunks = parseDiff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n--- a\n+++ b\n');
    expect(hunks).toHaveLength(1);
    expect(hunks[0].lines.map(({ text }) => text)).toEqual(['-- a', '++ b']);
  });

  it('tells that the last line has no line break', () => {
    const [hunk] = parseDiff(
      '@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file',
    );
    expect(hunk.noNewline).toBe(true);
    expect(hunk.lines).toHaveLength(2);
  });

  it('keeps empty lines', () => {
    const [hunk] = parseDiff('@@ -1,2 +1,3 @@\n a\n+\n b\n');
    expect(hunk.lines.map(({ text }) => text)).toEqual(['a', '', 'b']);
  });

  it('marks what of a line changed, where the lines have much in common', () => {
    const [{ lines }] = parseDiff(
      '@@ -1,2 +1,2 @@\n-    "lodash": "4.17.10",\n+    "lodash": "4.17.21",\n',
    );
    expect(lines[0].text.slice(...lines[0].changed!)).toBe('10');
    expect(lines[1].text.slice(...lines[1].changed!)).toBe('21');
    const [other] = parseDiff('@@ -1 +1 @@\n-first words\n+something else\n');
    expect(other.lines[0].changed).toBeNull();
  });
});
