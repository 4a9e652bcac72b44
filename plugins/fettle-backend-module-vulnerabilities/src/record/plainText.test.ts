import { oneLine, plainText } from './plainText';

describe('plainText', () => {
  it.each([
    [
      '## Impact\n\nA **bold** and `code` [link](https://x).',
      'Impact\n\nA bold and code link.',
    ],
    ['<p>One</p><script>alert(1)</script>', 'One  alert(1)'],
    ['* a\n* b\n\n---\n\n> quoted', '- a\n- b\n\nquoted'],
    ['```js\nx < y && y > 2\n```', 'x < y && y > 2'],
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['see <https://example.com/a>', 'see https://example.com/a'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ])('%j', (text, plain) => {
    expect(plainText(text, 2_000)).toBe(plain);
  });

  it('is cut at the end of a word', () => {
    const cut = plainText('word '.repeat(1_000), 100);
    expect(cut.length).toBeGreaterThan(90);
    expect(cut.length).toBeLessThanOrEqual(100);
    expect(cut.endsWith('word…')).toBe(true);
    expect(oneLine('First sentence. Second one.', 20)).toBe('First sentence.');
  });

  it.each(['[', '<a', '*a', '`', '![](', '&', '_', '\n>'])(
    'takes no longer over %j again and again than over words',
    mark => {
      // The text is short, and every expression has a bound: nothing can hang.
      expect(plainText(mark.repeat(100_000), 2_000).length).toBeLessThanOrEqual(
        2_000,
      );
    },
  );
});
