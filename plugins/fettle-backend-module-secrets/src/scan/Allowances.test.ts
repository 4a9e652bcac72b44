import { findWith, rulesOf } from '../testing/scanWith';
import { scan } from './scanSecrets';

const RULE = `[[rules]]
id = "own"
regex = '''key=([a-z0-9]+);'''
`;

async function linesIn(toml: string, text: string, path?: string) {
  const findings = await findWith(rulesOf(toml), text, path);
  return findings.map(({ line }) => line);
}

const TEXT = 'key=abcdef1;\nold key=abcdef2;\nkey=sample3;\n';

it.each<[string, string, number[]]>([
  ['none', '', [1, 2, 3]],
  ['an expression for secrets', `regexes = ['''2$''']`, [1, 3]],
  ['one that only the match has', `regexes = ['''^key''']`, [1, 2, 3]],
  [
    'an expression for matches',
    `regexTarget = "match"\nregexes = ['''1;$''']`,
    [2, 3],
  ],
  [
    'an expression for lines',
    `regexTarget = "line"\nregexes = ['''^old''']`,
    [1, 3],
  ],
  ['words of any case', `stopwords = ["SAMPLE"]`, [1, 2]],
  ['one of both', `regexes = ['''1$''']\nstopwords = ["sample"]`, [2]],
  [
    'both of both',
    `condition = "AND"\nregexes = ['''[23]$''']\nstopwords = ["sample"]`,
    [1, 2],
  ],
  ['a path', `paths = ['''^config''']`, []],
  ['another path', `paths = ['''^other''']`, [1, 2, 3]],
  [
    'a path and a word',
    `condition = "and"\npaths = ['''^config''']\nstopwords = ["sample"]`,
    [1, 2],
  ],
  [
    'another path and a word',
    `condition = "and"\npaths = ['''^other''']\nstopwords = ["sample"]`,
    [1, 2, 3],
  ],
  ['a path and only that', `condition = "and"\npaths = ['''^config''']`, []],
  // The head is looked at, not the commits that made it.
  ['a commit', `commits = ["abc"]`, [1, 2, 3]],
  [
    'a commit and a word',
    `condition = "and"\ncommits = ["abc"]\nstopwords = ["sample"]`,
    [1, 2, 3],
  ],
])('allows %s, of a rule or of all', async (_, list, expected) => {
  const lines = (head: string) =>
    linesIn(list ? `${RULE}${head}\n${list}` : RULE, TEXT);
  expect(await lines('[[rules.allowlists]]')).toEqual(expected);
  expect(await lines('[rules.allowlist]')).toEqual(expected);
  expect(await lines('[[allowlists]]')).toEqual(expected);
});

it('allows by rule, where a file is meant for one of them only', async () => {
  const toml = `${RULE}[[rules]]\nid = "two"\nregex = '''(old)'''\n[[allowlists]]\ntargetRules = ["own"]\npaths = ['''^config''']`;
  expect(await linesIn(toml, TEXT)).toEqual([2]);
});

it.each<[string, string, number[]]>([
  ['of a commit', `commits = ["ABC"]`, []],
  ['of another', `commits = ["abd"]`, [1, 2, 3]],
  [
    'of a commit with a word',
    `condition = "and"\ncommits = ["abc"]\nstopwords = ["sample"]`,
    [1, 2],
  ],
  [
    'of a commit in another file',
    `condition = "and"\ncommits = ["abc"]\npaths = ['''^other''']`,
    [1, 2, 3],
  ],
  [
    'of a commit in a file',
    `condition = "and"\ncommits = ["abc"]\npaths = ['''^config''']`,
    [],
  ],
])('allows what is %s, in a history', async (_, list, expected) => {
  const { findings } = await scan({
    files: [{ path: 'config.txt', size: 1, text: TEXT, commit: 'abc' }],
    options: { rules: rulesOf(`${RULE}[[rules.allowlists]]\n${list}`) },
    key: 'k',
  });
  expect(findings!.map(({ line }) => line)).toEqual(expected);
});
