import { locateEntity } from './locateEntity';

const OURS = 'fettle.dev/repository';
const SOURCE = 'backstage.io/source-location';
const HOSTS = new Map(
  [
    { host: 'gitea.com', webUrl: 'https://gitea.com' },
    { host: 'git.example.com', webUrl: 'https://git.example.com/forge' },
    { host: 'localhost:3000', webUrl: 'http://localhost:3000' },
  ].map(each => [each.host, each]),
);

function locate(annotations: Record<string, string>) {
  return locateEntity({ entityRef: 'component:default/x', annotations }, HOSTS);
}

it.each<[Record<string, string>, string, string]>([
  [{ [OURS]: 'https://gitea.com/a/b' }, 'https://gitea.com/a/b', ''],
  [
    { [OURS]: 'https://Gitea.com/a/b.git/#services//api/' },
    'https://gitea.com/a/b',
    'services/api',
  ],
  [{ [OURS]: 'git@gitea.com:a/b.git' }, 'https://gitea.com/a/b', ''],
  [{ [OURS]: 'ssh://git@gitea.com:2222/a/b' }, 'https://gitea.com/a/b', ''],
  [
    { [OURS]: 'ssh://git@localhost:2222/a/b.c' },
    'http://localhost:3000/a/b.c',
    '',
  ],
  [
    { [OURS]: 'https://git.example.com/forge/a/b' },
    'https://git.example.com/forge/a/b',
    '',
  ],
  [
    { [OURS]: 'git@git.example.com:a/b.git' },
    'https://git.example.com/forge/a/b',
    '',
  ],
  [
    { [SOURCE]: 'url:https://gitea.com/a/b/src/branch/main/x%20y/' },
    'https://gitea.com/a/b',
    'x y',
  ],
  [
    { [SOURCE]: 'url:https://gitea.com/a/b/src/branch/main/' },
    'https://gitea.com/a/b',
    '',
  ],
  [
    { [SOURCE]: 'url:https://gitea.com/a/b/src/branch/main/x/catalog.yaml' },
    'https://gitea.com/a/b',
    'x',
  ],
  [
    { [SOURCE]: 'url:https://gitea.com/a/b/src/main/x/y' },
    'https://gitea.com/a/b',
    'x/y',
  ],
  [
    { [SOURCE]: 'url:https://gitea.com/a/b/raw/tag/v1/x/info.json' },
    'https://gitea.com/a/b',
    'x',
  ],
  [
    { [SOURCE]: 'url:https://gitea.com/a/b/_edit/main/x/info.json' },
    'https://gitea.com/a/b',
    'x',
  ],
  [
    { [OURS]: 'https://gitea.com/a/b', [SOURCE]: 'url:https://gitea.com/c/d' },
    'https://gitea.com/a/b',
    '',
  ],
])('finds the repository of %j', (annotations, remote, subpath) => {
  expect(locate(annotations)).toMatchObject({
    location: { remote, webUrl: remote, host: new URL(remote).host },
    subpath,
  });
});

it.each<[Record<string, string>]>([
  [{}],
  [{ [OURS]: 'https://github.com/a/b', [SOURCE]: 'url:https://gitea.com/a/b' }],
  [{ [OURS]: '/srv/git/ledger' }],
  [{ [OURS]: 'https://git.example.com/a/b' }],
  [{ [SOURCE]: 'url:https://gitea.com/a' }],
  [{ [SOURCE]: 'url:https://gitea.com/a/b/issues/1' }],
  [{ [SOURCE]: 'file:/srv/git/ledger' }],
])('leaves %j to other sources', annotations => {
  expect(locate(annotations)).toBeUndefined();
});

it.each<[string, RegExp]>([
  ['https://user:secret@gitea.com/a/b', /credential/],
  ['https://gitea.com/a', /names no repository/],
  ['https://gitea.com/a/..', /names no repository/],
  ['https://gitea.com/a/b/issues/1', /neither a repository/],
  ['https://gitea.com/a/b#../c', /its folder/],
  ['https://gitea.com/%zz/b', /broken % escape/],
])('says what is wrong with %s', (value, message) => {
  const found = locate({ [OURS]: value });
  expect(found).toMatchObject({
    problem: { message: expect.stringMatching(message) },
  });
  expect(JSON.stringify(found)).toContain(OURS);
  expect(JSON.stringify(found)).not.toContain('secret');
});
