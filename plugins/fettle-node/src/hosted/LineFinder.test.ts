import { LineFinder } from './LineFinder';

function find(chunks: (string | Buffer)[], prefixes: string[], most = 100) {
  const finder = new LineFinder('a.txt', prefixes, most);
  for (const chunk of chunks) finder.push(Buffer.from(chunk as string));
  return finder.end().map(({ line, text }) => [line, text]);
}

it.each([1, 2, 3, 7, 1000])(
  'finds the same lines however they are cut (%i bytes)',
  size => {
    const whole = Buffer.from('one\r\n<<<ä\n\n x <<<\n<<<\n<<');
    const chunks: Buffer[] = [];
    for (let at = 0; at < whole.length; at += size) {
      chunks.push(whole.subarray(at, at + size));
    }
    expect(find(chunks, ['<<<'])).toEqual([
      [2, '<<<ä'],
      [5, '<<<'],
    ]);
  },
);

it('finds a last line that has no end, and none after the last end', () => {
  expect(find(['a\na'], ['a'])).toEqual([
    [1, 'a'],
    [2, 'a'],
  ]);
  expect(find(['a\n'], [''])).toEqual([[1, 'a']]);
});

it('keeps no more than the start of a line, however long it is', () => {
  const long = Array.from({ length: 64 }, () => 'x'.repeat(64 * 1024));
  expect(find(['<', ...long, '\n<y'], ['<'])).toEqual([
    [1, `<${'x'.repeat(199)}`],
    [2, '<y'],
  ]);
});

it('finds a line by a prefix that is longer than what is shown', () => {
  const prefix = 'x'.repeat(2_000);
  expect(find([`${prefix}y\n${'x'.repeat(1_999)}y`], [prefix])).toEqual([
    [1, 'x'.repeat(200)],
  ]);
});

it('finds nothing in a binary file, and goes by its start alone', () => {
  expect(find(['<a\n', Buffer.from([0])], ['<'])).toEqual([]);
  const late = ['<a\n', 'y'.repeat(8_000), Buffer.from('\n<\0b')];
  expect(find(late, ['<'])).toEqual([
    [1, '<a'],
    [3, '<\uFFFDb'],
  ]);
});

it('keeps no more lines than there is room for', () => {
  expect(find(['<a\n<b\n', '<c\n'], ['<'], 2)).toEqual([
    [1, '<a'],
    [2, '<b'],
  ]);
});

it('cuts no character in half', () => {
  const line = `<${'x'.repeat(198)}\u{1F41F}`;
  expect(find([line], ['<'])).toEqual([[1, line.slice(0, 199)]]);
});
