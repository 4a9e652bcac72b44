import type { MergeStrategy } from 'backstage-plugin-fettle-common';
import { mergeFile } from './mergeFile';
import type { MergeInput } from './MergeStrategy';

const merge = (id: MergeStrategy, given: Partial<MergeInput>) =>
  mergeFile(id, {
    ...{ path: 'file', current: null, wanted: '', base: null },
    ...{ standardId: 'service', lists: 'replace', ...given },
  });
const lines = (...all: string[]) => all.map(line => `${line}\n`).join('');

const JSON_IS = `{
    // who we are
    "name": "ledger",
    "scripts": { "test": "jest" }, // run it
    "files": ["a", "b"]
}
`;
const YAML_IS = `# who we are
name: ledger
scripts:
  test: jest # run it
files:
  - a # first
  - b
`;
const TOML_IS = `# who we are
name = "ledger"

[scripts]
test = "jest" # run it
`;

describe('files of a standard', () => {
  it.each<[string, MergeStrategy, Partial<MergeInput>, string | null]>([
    ['replaces', 'replace', { current: 'a', wanted: 'b' }, 'b'],
    ['creates', 'create-only', { wanted: 'b' }, 'b'],
    ['leaves what is there', 'create-only', { current: '', wanted: 'b' }, ''],
    [
      ...(['adds lines that are missing', 'ensure-lines'] as const),
      { current: 'a\nb ', wanted: lines('b', 'c', 'c', '') },
      lines('a', 'b ', 'c'),
    ],
    [
      ...(['leaves lines that are there', 'ensure-lines'] as const),
      { current: 'b\n\na', wanted: lines('a', 'b') },
      'b\n\na',
    ],
    [
      ...(['puts a block at the end', 'managed-block'] as const),
      { current: 'mine\n', wanted: 'theirs' },
      lines(
        ...['mine', '', '# fettle: begin service', 'theirs'],
        '# fettle: end service',
      ),
    ],
    [
      ...(['keeps what is around a block', 'managed-block'] as const),
      {
        path: 'README.md',
        current: lines(
          ...['mine', '<!-- fettle: begin service -->', 'old'],
          ...['<!-- fettle: end service -->', 'mine too'],
        ),
        wanted: lines('new', 'newer'),
      },
      lines(
        ...['mine', '<!-- fettle: begin service -->', 'new', 'newer'],
        ...['<!-- fettle: end service -->', 'mine too'],
      ),
    ],
    [
      ...(['sets, adds and deletes in JSON', 'merge-json'] as const),
      {
        current: JSON_IS,
        wanted: '{"scripts":{"lint":"eslint"},"files":null,"private":true}',
      },
      `{
    // who we are
    "name": "ledger",
    "scripts": {
        "test": "jest",
        "lint": "eslint"
    }, // run it
    "private": true
}
`,
    ],
    [
      ...(['adds to lists in JSON', 'merge-json'] as const),
      { current: '{"a":[1,2]}', wanted: '{"a":[2,3]}', lists: 'add' },
      '{"a":[\n    1,\n    2,\n    3\n  ]}',
    ],
    [
      ...(['sets, adds and deletes in YAML', 'merge-yaml'] as const),
      {
        current: YAML_IS,
        wanted: 'scripts: { lint: eslint }\nfiles: null\nprivate: true\n',
      },
      `# who we are
name: ledger
scripts:
  test: jest # run it
  lint: eslint
private: true
`,
    ],
    [
      ...(['adds to lists in YAML', 'merge-yaml'] as const),
      { current: YAML_IS, wanted: 'files: [b, c]', lists: 'add' },
      `${YAML_IS}  - c\n`,
    ],
    [
      ...(['sets and adds in TOML', 'merge-toml'] as const),
      {
        current: TOML_IS,
        wanted: 'name = "book"\n[scripts]\nlint = "ruff"\n',
      },
      `# who we are
name = "book"

[scripts]
test = "jest" # run it
lint = "ruff"
`,
    ],
    [
      ...(['brings in what changed since', 'three-way'] as const),
      {
        current: lines('mine', 'b', 'c', 'd'),
        base: lines('a', 'b', 'c', 'd'),
        wanted: lines('a', 'b', 'c', 'theirs'),
      },
      lines('mine', 'b', 'c', 'theirs'),
    ],
    [
      ...(['does not bring back what was deleted', 'three-way'] as const),
      { current: null, base: 'a', wanted: 'a' },
      null,
    ],
  ])('%s', (_, id, given, content) => {
    expect(merge(id, given)).toEqual({ content });
    // What was merged once is as it should be.
    expect(
      merge(id, { ...given, current: content, base: given.wanted! }),
    ).toEqual({ content });
  });

  it.each<[string, MergeStrategy, Partial<MergeInput>]>([
    ['JSON that is none', 'merge-json', { current: '{', wanted: '{}' }],
    ['JSON that is a list', 'merge-json', { current: '[]', wanted: '{}' }],
    [
      ...(['YAML with conflicts of a merge', 'merge-yaml'] as const),
      { current: '<<<<<<< a\nb: 1\n=======\n', wanted: 'a: 1' },
    ],
    [
      ...(['YAML of many documents', 'merge-yaml'] as const),
      { current: 'a: 1\n---\nb: 1\n', wanted: 'a: 1' },
    ],
    [
      ...(['a map where YAML has an alias', 'merge-yaml'] as const),
      { current: 'x: &x { a: 1 }\ny: *x\n', wanted: 'y: { b: 1 }' },
    ],
    ['TOML that is none', 'merge-toml', { current: '= 1', wanted: 'a = 1' }],
    [
      ...(['half a block', 'managed-block'] as const),
      { current: '# fettle: begin service\n', wanted: 'a' },
    ],
    [
      ...(['a file of another origin', 'three-way'] as const),
      { current: 'a', wanted: 'b' },
    ],
    [
      ...(['what both changed', 'three-way'] as const),
      { current: 'a', wanted: 'b', base: 'c' },
    ],
    [
      ...(['what was deleted here and changed there', 'three-way'] as const),
      { wanted: 'b', base: 'c' },
    ],
  ])('does not guess about %s', (_, id, given) => {
    expect(merge(id, given)).toEqual({ conflict: expect.any(String) });
  });

  it('leaves a file as it is where nothing is missing', () => {
    const untidy = 'a:   1\n\n\nb: { c:  2 }   # odd\n';
    const wanted = 'b: { c: 2 }';
    expect(merge('merge-yaml', { current: untidy, wanted })).toEqual({
      content: untidy,
    });
  });

  it('keeps line ends', () => {
    const given = { current: 'a\r\nb\r\n', wanted: 'c\n' };
    expect(merge('ensure-lines', given)).toEqual({
      content: 'a\r\nb\r\nc\r\n',
    });
  });

  it('is not misled by names of JavaScript', () => {
    const given = { current: '{"a":1}', wanted: '{"__proto__":{"b":2}}' };
    expect(merge('merge-json', given)).toEqual({
      content: expect.stringContaining('"__proto__"'),
    });
    expect(
      merge('merge-yaml', { current: 'a: 1\n', wanted: '__proto__: { b: 2 }' }),
    ).toEqual({ content: 'a: 1\n__proto__:\n  b: 2\n' });
    expect(Object.prototype).not.toHaveProperty('b');
  });
});
