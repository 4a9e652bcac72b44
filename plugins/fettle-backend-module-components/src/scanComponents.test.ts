import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from './componentsScanner';
import { readBriefly } from './testing/readBriefly';
import { SAMPLES } from './testing/samples';

const LOCK = SAMPLES['package-lock.json'];

it('says what is wrong with one file, and reads the others', async () => {
  const { components, problems } = await runScan(componentsScanner, {
    'a/package-lock.json': LOCK,
    'b/package-lock.json': `{\n<<<<<<< HEAD\n${LOCK}\n=======\n${LOCK}\n>>>>>>> x\n`,
    'c/package-lock.json': LOCK.slice(0, 40),
    'd/go.mod': 'module x\n<<<<<<< HEAD\n',
  });
  expect(components!.map(({ path }) => path)).toEqual(['a/package-lock.json']);
  expect(problems).toEqual([
    {
      path: 'b/package-lock.json',
      message:
        'It cannot be read as package-lock.json. It has the conflict markers of a merge that was not finished, from line 2.',
      action: 'Finish the merge, and have the file written anew by its tool.',
    },
    {
      path: 'c/package-lock.json',
      message: 'It cannot be read as package-lock.json. It ends in the middle.',
      action: 'Have it written anew by its tool.',
    },
    expect.objectContaining({
      path: 'd/go.mod',
      message: expect.stringMatching(/merge .* line 2/),
    }),
  ]);
});

it('says nothing of what a file holds', async () => {
  const { problems } = await runScan(componentsScanner, {
    'package-lock.json': '{"token": hunter2hunter2}',
    'pnpm-lock.yaml': 'token: "hunter2hunter2',
    'poetry.lock': 'token = hunter2hunter2',
    'pom.xml': '<a token="hunter2hunter2"><b>',
  });
  expect(problems).toHaveLength(4);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

const MANIFEST = '{"dependencies":{"asked":"^1.0.0"}}';
const lockOf = (...folders: string[]) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(folders.map(folder => [folder, {}])),
  });

it.each<[string, Record<string, string>, string[]]>([
  [
    'there is no lockfile',
    { 'package.json': MANIFEST },
    ['!asked@ (^1.0.0) runtime'],
  ],
  [
    'a lockfile is beside it',
    { 'package.json': MANIFEST, 'package-lock.json': lockOf() },
    [],
  ],
  [
    'one above speaks for it',
    { 'web/package.json': MANIFEST, 'package-lock.json': lockOf('', 'web') },
    [],
  ],
  [
    'one above does not speak for it',
    { 'docs/package.json': MANIFEST, 'package-lock.json': lockOf('', 'web') },
    ['!asked@ (^1.0.0) runtime'],
  ],
  [
    'a lockfile of something else is beside it',
    { 'package.json': MANIFEST, 'poetry.lock': '' },
    ['!asked@ (^1.0.0) runtime'],
  ],
])(
  'reads a manifest only as it should, where %s',
  async (_, files, expected) => {
    expect(await readBriefly(files)).toEqual(expected);
  },
);

it('does not guess from a manifest what a broken lockfile would tell', async () => {
  const { components, problems } = await runScan(componentsScanner, {
    'web/package.json': MANIFEST,
    'package-lock.json': '{',
  });
  expect(components).toEqual([]);
  expect(problems!.map(({ path }) => path)).toEqual(['package-lock.json']);
});

it('tells once what a file names twice, as it is best known', async () => {
  const text = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { b: '1' }, devDependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', dev: true },
      'node_modules/b': { version: '1.0.0', dependencies: { a: '1' } },
      'node_modules/b/node_modules/a': { version: '1.0.0', license: 'MIT' },
    },
  });
  const { components } = await runScan(componentsScanner, {
    'package-lock.json': text,
  });
  expect(components).toHaveLength(2);
  expect(components![0]).toMatchObject({
    ...{ name: 'a', direct: true, scope: 'runtime', licence: 'MIT' },
    chain: [],
  });
});

it('stops where a repository names more than anybody has', async () => {
  const many = Array.from({ length: 160_000 }, (_, i) => `a${i}==1`).join('\n');
  const { components, problems } = await runScan(componentsScanner, {
    'a/requirements.txt': many,
    'b/requirements.txt': many,
  });
  expect(components).toHaveLength(160_000);
  expect(problems).toEqual([
    expect.objectContaining({
      path: 'b/requirements.txt',
      message: expect.stringContaining('320000 components; the most is 300000'),
    }),
  ]);
});

it.each([
  ['node_modules/x/package-lock.json', 'file', false],
  ['vendor/x/go.mod', 'file', false],
  ['.yarn/cache/package.json', 'file', false],
  ['src/package.json', 'symlink', false],
  ['src/package.json', 'file', true],
  ['Pipfile', 'file', true],
  ['README.md', 'file', false],
] as const)('wants %s, a %s: %s', (path, type, wanted) => {
  const entry = { path, type, executable: false, size: 1 };
  expect(componentsScanner.wants(entry)).toBe(wanted);
});
