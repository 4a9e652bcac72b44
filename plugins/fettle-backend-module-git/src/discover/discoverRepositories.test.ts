import path from 'node:path';
import { mkdirSync } from 'node:fs';
import { git, GitFixtures } from '../testing/GitFixtures';

const signal = new AbortController().signal;
let fixtures: GitFixtures;
beforeEach(() => {
  fixtures = new GitFixtures();
});
afterEach(async () => fixtures.dispose());

it('finds repositories in a folder and in its folders, bare or not, and no deeper', async () => {
  fixtures.create('ledger');
  fixtures.create('team/api');
  fixtures.create('team/deep/er');
  git(fixtures.root, ['init', '-q', path.join(fixtures.repositories, 'clone')]);
  mkdirSync(path.join(fixtures.repositories, 'no-repository'));
  const found = await fixtures.source().discover({ signal });
  expect(found.problems).toEqual([]);
  expect(found.repositories.map(({ name }) => name)).toEqual([
    'clone',
    'ledger',
    'team/api',
  ]);
});

it('takes a repository and a remote by themselves', async () => {
  const { folder } = fixtures.create('ledger');
  const source = fixtures.source({
    repositories: [folder, `file://${folder}`, 'https://git.example.com/a/b'],
  });
  expect(await source.discover({ signal })).toEqual({
    repositories: [
      {
        remote: `file://${fixtures.repositories}/ledger`,
        name: 'ledger',
        host: 'localhost',
      },
      {
        remote: 'https://git.example.com/a/b',
        name: 'a/b',
        host: 'git.example.com',
      },
    ],
    problems: [],
  });
});

it('reports what is not there, what is empty and what is ambiguous, and finds the rest', async () => {
  fixtures.create('twin');
  git(fixtures.root, ['init', '-q', path.join(fixtures.repositories, 'twin')]);
  mkdirSync(path.join(fixtures.root, 'empty'));
  const source = fixtures.source({
    repositories: ['absent', 'empty', fixtures.repositories],
  });
  const { repositories, problems } = await source.discover({ signal });
  expect(repositories).toHaveLength(1);
  expect(problems).toEqual([
    {
      where: 'fettle.git.repositories[0]: absent',
      message: expect.stringMatching('does not exist'),
      action: expect.stringMatching('mount'),
    },
    {
      where: 'fettle.git.repositories[1]: empty',
      message: expect.stringMatching('holds none'),
      action: expect.any(String),
    },
    {
      where: expect.stringMatching('repositories\\[2\\]'),
      message: expect.stringMatching('two repositories with one name'),
      action: expect.any(String),
    },
  ]);
});
