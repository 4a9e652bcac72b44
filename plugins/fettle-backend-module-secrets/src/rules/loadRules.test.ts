import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from './loadRules';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-secrets-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
  }
  return loadRules(join(folder, 'rules.toml'));
}

const RULE = `[[rules]]\nid = "own"\nregex = '''own_[a-z]{8}'''\n`;

it('reads a file in the place of the own rules', async () => {
  const { rules, warnings } = await load({
    'rules.toml': `title = "ours"
[[rules]]
id = "own"
description = "A key of ours"
regex = '''own_([a-z]{8})'''
path = '''\\.txt$'''
entropy = 2.5
secretGroup = 1
keywords = ["OWN_"]
tags = ["severity:low"]
[rules.allowlist]
stopwords = ["Sample"]
[[allowlists]]
condition = "AND"
regexTarget = "line"
regexes = ['''nothing''']
paths = ['''docs/''']
`,
  });
  expect(warnings).toEqual([]);
  const empty = { commits: [], paths: [], regexes: [], stopwords: [] };
  expect(rules).toEqual({
    rules: [
      {
        ...{ id: 'own', description: 'A key of ours' },
        ...{ regex: 'own_([a-z]{8})', path: '\\.txt$' },
        ...{ entropy: 2.5, secretGroup: 1, keywords: ['own_'] },
        tags: ['severity:low'],
        allowlists: [
          {
            ...{ ...empty, stopwords: ['sample'] },
            ...{ condition: 'or', regexTarget: 'secret' },
          },
        ],
      },
    ],
    allowlists: [
      {
        ...{ ...empty, regexes: ['nothing'], paths: ['docs/'] },
        ...{ condition: 'and', regexTarget: 'line' },
      },
    ],
  });
});

it('adds to the own rules, changes some and leaves others out', async () => {
  const own = await loadRules();
  const { rules, warnings } = await load({
    'rules.toml': `[extend]
useDefault = true
disabledRules = ["jwt", "none-such"]
${RULE}
[[rules]]
id = "github-pat"
entropy = 4
tags = ["severity:low"]
[[allowlists]]
targetRules = ["gitlab-pat"]
paths = ['''^a/''']
`,
  });
  expect(warnings).toEqual([expect.stringContaining("'none-such'")]);
  const find = (id: string) => rules.rules.find(one => one.id === id);
  expect(rules.rules).toHaveLength(own.rules.rules.length);
  expect(find('jwt')).toBeUndefined();
  expect(find('own')).toBeDefined();
  expect(find('github-pat')).toMatchObject({
    entropy: 4,
    tags: ['severity:low', 'severity:critical', 'by-line'],
    regex: own.rules.rules.find(({ id }) => id === 'github-pat')!.regex,
  });
  expect(find('gitlab-pat')!.allowlists).toMatchObject([{ paths: ['^a/'] }]);
  expect(rules.allowlists).toEqual(own.rules.allowlists);
});

it('extends a file beside it', async () => {
  const { rules } = await load({
    'rules.toml': `[extend]\npath = "base.toml"\n${RULE}`,
    'base.toml': RULE.replace('"own"', '"base"'),
  });
  expect(rules.rules.map(({ id }) => id)).toEqual(['base', 'own']);
});

it.each<[string, string, RegExp]>([
  ['is no TOML', '[[rules', /rules\.toml is no TOML/],
  ['has no rules', 'title = "a"', /has no rules.*useDefault/],
  ['has a rule without id', '[[rules]]\nregex = "a"', /rule 1, id/],
  ['has a rule twice', RULE + RULE, /'own' twice/],
  [
    'has an expression that is none',
    '[[rules]]\nid = "bad"\nregex = "(a"',
    /rules\.toml, rule 'bad', regex cannot be compiled: .*missing closing/,
  ],
  [
    'looks around',
    `[[rules]]\nid = "bad"\nregex = '''(?=a)b'''`,
    /rule 'bad', regex cannot be compiled.*lookaround/,
  ],
  [
    'has a path that is none',
    `[[rules]]\nid = "bad"\npath = '''*'''`,
    /rule 'bad', path cannot be compiled/,
  ],
  [
    'has an allowlist that is none',
    `${RULE}[[rules.allowlists]]\nregexes = ['''[''']`,
    /rule 'own', allowlist cannot be compiled/,
  ],
  ['has an empty allowlist', `${RULE}[rules.allowlist]\n`, /rule 'own'.*needs/],
  [
    'asks for a group that there is not',
    `${RULE}secretGroup = 2`,
    /rule 'own' has the secretGroup 2, and its regex 0 groups/,
  ],
  ['has nothing to look for', '[[rules]]\nid = "a"', /neither regex nor path/],
  [
    'has an odd condition',
    `${RULE}[[rules.allowlists]]\ncondition = "nor"\npaths = ["a"]`,
    /rule 'own', allowlists\.0\.condition/,
  ],
  [
    'requires another rule',
    `${RULE}[[rules.required]]\nid = "b"`,
    /rule 'own'.*not supported/,
  ],
  [
    'aims at a rule that there is not',
    `${RULE}[[allowlists]]\ntargetRules = ["b"]\npaths = ["a"]`,
    /allowlist for the rule 'b'/,
  ],
  [
    'extends in two ways',
    `[extend]\nuseDefault = true\npath = "a"`,
    /one of useDefault and path/,
  ],
  ['extends a file that is gone', '[extend]\npath = "a"', /ENOENT/],
  ['extends itself', '[extend]\npath = "rules.toml"', /more than 2 files deep/],
])('says which file and rule is wrong when it %s', async (_, text, message) => {
  await expect(load({ 'rules.toml': text })).rejects.toThrow(message);
});
