import { Keywords } from './Keywords';

function find(words: string[], text: string): string[] {
  const found: string[] = [];
  new Keywords(words).find(text, (word, end) => {
    found.push(`${words[word]}@${end - words[word].length}`);
  });
  return found.sort();
}

it.each<[string[], string, string[]]>([
  [['he', 'she', 'his', 'hers'], 'ushers', ['he@2', 'hers@2', 'she@1']],
  [['ab'], 'aaab', ['ab@2']],
  [['token'], 'TOKEN ToKeN', ['token@0', 'token@6']],
  [['a', 'aa'], 'aa', ['a@0', 'a@1', 'aa@0']],
  [['sk-', '://'], 'x://sk-', ['://@1', 'sk-@4']],
  [['key'], 'ke\u00e9y \u212aey kkey', ['key@10']],
  [['abcd', 'bx'], 'abcx abxabcd', ['abcd@8', 'bx@6']],
  [[], 'anything', []],
  [['a'], '', []],
])('finds %j in %s', (words, text, expected) => {
  expect(find(words, text)).toEqual(expected.sort());
});

it('finds what a search for each word finds', () => {
  const words = ['key', 'keys', 'eyes', 'monkey', 'on', 'k', 'sky'];
  const text = 'monkeys have keys, eyes on the sky; donkey keyskyeyes'.repeat(
    3,
  );
  const expected = words.flatMap(word => {
    const places: string[] = [];
    for (
      let at = text.indexOf(word);
      at !== -1;
      at = text.indexOf(word, at + 1)
    ) {
      places.push(`${word}@${at}`);
    }
    return places;
  });
  expect(find(words, text)).toEqual(expected.sort());
});
