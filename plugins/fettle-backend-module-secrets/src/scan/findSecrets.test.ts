import { findWith, rulesOf } from '../testing/scanWith';

async function messagesIn(rule: string, text: string, path?: string) {
  const rules = rulesOf(`[[rules]]\nid = "own"\n${rule}`);
  const findings = await findWith(rules, text, path);
  return findings.map(({ line, message }) => `${line}: ${message}`);
}

const A = 'a'.repeat(20);
const B = 'b'.repeat(30);
const SHORT = 'It is too short to show any of it';

it.each<[string, string, string, string[]]>([
  ['the whole match', `regex = '''a{20}'''`, A, ['1: aaa… (20 characters).']],
  [
    'the first group that is not empty',
    `regex = '''x(y)?(b+)(a+)'''`,
    `x${B}${A}`,
    ['1: bbb… (30 characters).'],
  ],
  [
    'the group that is named',
    `secretGroup = 2\nregex = '''x(b+)(a+)'''`,
    `x${B}${A}`,
    ['1: aaa… (20 characters).'],
  ],
  [
    'named groups',
    `regex = '''x(?P<secret>b+)'''`,
    `x${B}`,
    ['1: bbb… (30 characters).'],
  ],
  [
    'matches without the lines around them',
    `regex = '''\\n+a{20}\\n'''`,
    `\n\n${A}\n`,
    ['3: aaa… (20 characters).'],
  ],
  [
    'matches over several lines',
    `regex = '''(?s)BEGIN(.{60,}?)END'''`,
    `\nBEGIN\n${B}\n${B}\nEND`,
    ['2: .bb… (63 characters).'],
  ],
  ['nothing empty', `regex = '''a*'''`, 'bbb', []],
  [
    'what is mixed enough',
    `entropy = 1.5\nregex = '''[a-d0-9]{4,}'''`,
    'aabb\nabcd\n',
    [`2: ${SHORT}.`],
  ],
  // Exactly as mixed as asked for is not enough.
  ['no more', `entropy = 2\nregex = '''[a-d]{4}'''`, 'abcd', []],
  [
    'what stands behind other alphabets',
    `keywords = ["key"]\nregex = '''key=(\\S+)'''`,
    `ключ 🔑 KEY\nkey=${A}`,
    ['2: aaa… (20 characters).'],
  ],
  [
    'keywords of other alphabets',
    `keywords = ["ключ"]\nregex = '''=(a{20})'''`,
    `Ключ=${A}`,
    ['1: aaa… (20 characters).'],
  ],
  ['nothing without a keyword', `keywords = ["key"]\nregex = '''a+'''`, A, []],
  [
    'a keyword anywhere in the file',
    `keywords = ["key"]\nregex = '''a{20}'''`,
    `${A}\n\nkey`,
    ['1: aaa… (20 characters).'],
  ],
  [
    'a keyword in the line, where the rule says so',
    `tags = ["by-line"]\nkeywords = ["key"]\nregex = '''a{20}'''`,
    `${A}\n\nkey ${A}`,
    ['3: aaa… (20 characters).'],
  ],
])('finds %s', async (_, rule, text, expected) => {
  expect(await messagesIn(rule, text)).toEqual(expected);
});

it('looks in the files of its path only', async () => {
  const rule = `path = '''\\.env$'''\nregex = '''a{20}'''`;
  expect(await messagesIn(rule, A, 'a.env')).toHaveLength(1);
  expect(await messagesIn(rule, A, 'a.txt')).toEqual([]);
});
