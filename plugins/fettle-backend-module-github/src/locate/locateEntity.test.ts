import { locateEntity } from './locateEntity';

const OURS = 'fettle.dev/repository';
const SLUG = 'github.com/project-slug';
const SOURCE = 'backstage.io/source-location';
const MANAGED = 'backstage.io/managed-by-location';
const HOSTS = {
  read: new Set(['github.com', 'ghe.example.com']),
  integrated: new Set(['github.com', 'ghe.example.com', 'other.example.com']),
};

function locate(annotations: Record<string, string>, hosts = HOSTS) {
  return locateEntity({ entityRef: 'component:default/x', annotations }, hosts);
}

it.each<[Record<string, string>, string, string]>([
  [{ [OURS]: 'https://github.com/a/b' }, 'https://github.com/a/b', ''],
  [
    { [OURS]: 'https://GitHub.com/a/b.git/#services//api/' },
    'https://github.com/a/b',
    'services/api',
  ],
  [{ [OURS]: 'git@github.com:a/b.git' }, 'https://github.com/a/b', ''],
  [
    { [OURS]: 'ssh://git@ghe.example.com/a/b' },
    'https://ghe.example.com/a/b',
    '',
  ],
  [{ [SLUG]: 'a/b.c' }, 'https://github.com/a/b.c', ''],
  // The slug names no host: that of the entity's own source counts.
  [
    { [SLUG]: 'a/b', [MANAGED]: 'url:https://ghe.example.com/x/y/blob/main/z' },
    'https://ghe.example.com/a/b',
    '',
  ],
  [
    { [SLUG]: 'a/b', [SOURCE]: 'url:https://other.example.com/c/d' },
    'https://other.example.com/a/b',
    '',
  ],
  // Of the same repository, the source names the folder.
  [
    { [SLUG]: 'A/b', [SOURCE]: 'url:https://github.com/a/b/tree/main/x/y/' },
    'https://github.com/A/b',
    'x/y',
  ],
  [
    {
      [SLUG]: 'a/b',
      [SOURCE]: 'url:https://github.com/all/catalog/tree/main/',
    },
    'https://github.com/a/b',
    '',
  ],
  [
    {
      [SOURCE]: 'url:https://github.com/a/b/blob/main/x%20y/catalog-info.yaml',
    },
    'https://github.com/a/b',
    'x y',
  ],
  [
    { [OURS]: 'https://github.com/a/b', [SLUG]: 'c/d' },
    'https://github.com/a/b',
    '',
  ],
])('finds the repository of %j', (annotations, remote, subpath) => {
  expect(locate(annotations)).toMatchObject({
    location: { remote, webUrl: remote, host: new URL(remote).host },
    subpath,
  });
});

it.each<[Record<string, string>]>([
  [{ [OURS]: 'https://gitlab.example.com/a/b', [SLUG]: 'a/b' }],
  [{ [OURS]: '/srv/git/ledger' }],
  [{ [OURS]: 'https://other.example.com/a/b' }],
  [{ [SOURCE]: 'url:https://other.example.com/a/b' }],
  [{ [SOURCE]: 'file:/srv/git/ledger' }],
  [{ [SLUG]: 'nonsense', [SOURCE]: 'url:https://other.example.com/a/b' }],
])('leaves %j to other sources', annotations => {
  expect(locate(annotations)).toBeUndefined();
});

it('leaves a slug to other sources where no host is read', () => {
  const none = { read: new Set<string>(), integrated: new Set(['github.com']) };
  expect(locate({ [SLUG]: 'a/b' }, none)).toBeUndefined();
});

it.each<[Record<string, string>, RegExp]>([
  [{ [OURS]: 'https://user:secret@github.com/a/b' }, /credential/],
  [{ [OURS]: 'https://github.com/a' }, /names no repository/],
  [{ [OURS]: 'https://github.com/a/..' }, /names no repository/],
  [{ [OURS]: 'https://github.com/a/b/issues/1' }, /neither a repository/],
  [{ [OURS]: 'https://github.com/a/b#../c' }, /its folder/],
  [{ [OURS]: 'https://github.com/%zz/b' }, /broken % escape/],
  [{ [SLUG]: 'a/b/c' }, /not an owner and a name/],
])('says what is wrong with %j', (annotations, message) => {
  const found = locate(annotations);
  expect(found).toMatchObject({
    problem: { message: expect.stringMatching(message) },
  });
  expect(JSON.stringify(found)).toContain(Object.keys(annotations)[0]);
  expect(JSON.stringify(found)).not.toContain('secret');
});
