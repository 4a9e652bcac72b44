import { locateEntity } from './locateEntity';
import type { HostAddress } from './slug';

const hosts = new Map<string, HostAddress>(
  [
    { host: 'gitlab.com', webUrl: 'https://gitlab.com' },
    {
      host: 'git.example.com:8443',
      webUrl: 'https://git.example.com:8443/lab',
    },
  ].map(host => [host.host, host]),
);
const locate = (annotations: Record<string, string>, known = hosts) =>
  locateEntity({ entityRef: 'component:default/x', annotations }, known);
const OWN = 'fettle.dev/repository';
const SOURCE = 'backstage.io/source-location';
const SLUG = 'gitlab.com/project-slug';
const SELF = 'https://git.example.com:8443/lab';

it.each<[string, string, string]>([
  ['https://gitlab.com/acme/ledger', 'https://gitlab.com/acme/ledger', ''],
  ['https://GitLab.com/a/b/c.git', 'https://gitlab.com/a/b/c', ''],
  [
    'https://gitlab.com/a/b#services/api',
    'https://gitlab.com/a/b',
    'services/api',
  ],
  ['https://gitlab.com/a/b/-/tree/main/x/y', 'https://gitlab.com/a/b', 'x/y'],
  [
    'https://gitlab.com/a/b/c/-/blob/main/x/catalog-info.yaml',
    'https://gitlab.com/a/b/c',
    'x',
  ],
  [
    'https://gitlab.com/a/b/raw/main/catalog-info.yaml',
    'https://gitlab.com/a/b',
    '',
  ],
  ['git@gitlab.com:a/b/c.git', 'https://gitlab.com/a/b/c', ''],
  ['ssh://git@git.example.com:2222/a/b', `${SELF}/a/b`, ''],
  [`${SELF}/a/b/-/tree/main/`, `${SELF}/a/b`, ''],
])('locates %s', (address, remote, subpath) => {
  const found = { location: expect.objectContaining({ remote }), subpath };
  expect(locate({ [OWN]: address })).toEqual(found);
});

it.each([
  'https://gitlab.com/acme',
  'https://gitlab.com/acme/ledger/-/issues/1',
  'https://gitlab.com/a%2F..%2Fb',
  'https://me:secret@gitlab.com/a/b',
])('says what is wrong with %s, and not what it holds', address => {
  const found = locate({ [OWN]: address });
  expect(found).toEqual({
    problem: {
      message: expect.stringContaining(OWN),
      action: expect.any(String),
    },
  });
  expect(JSON.stringify(found)).not.toContain('secret');
});

it.each([
  'https://github.com/a/b',
  'https://git.example.com:8443/other/a/b',
  'file:///srv/git/a',
])('leaves %s to others', address => {
  expect(locate({ [OWN]: address })).toBeUndefined();
});

it('takes the slug that was written for Backstage, on the host that is meant', () => {
  const remoteOf = (annotations: Record<string, string>) => {
    const found = locate({ [SLUG]: 'a/b/c', ...annotations });
    return found && 'location' in found ? found.location.remote : undefined;
  };
  expect(remoteOf({})).toBe('https://gitlab.com/a/b/c');
  expect(remoteOf({ 'gitlab.com/instance': 'git.example.com:8443' })).toBe(
    `${SELF}/a/b/c`,
  );
  expect(
    remoteOf({ 'gitlab.com/instance': 'else.example.com' }),
  ).toBeUndefined();
  expect(remoteOf({ [SOURCE]: `url:${SELF}/x/y/-/tree/main/` })).toBe(
    `${SELF}/a/b/c`,
  );
});

it('takes the folder of the source where it is of the same repository', () => {
  const source = 'url:https://gitlab.com/a/b/-/tree/main/services/api/';
  const same = { [SLUG]: 'a/b', [SOURCE]: source };
  expect(locate(same)).toMatchObject({ subpath: 'services/api' });
  const other = { [SLUG]: 'a/c', [SOURCE]: source };
  expect(locate(other)).toMatchObject({ subpath: '' });
});

it('says what is wrong with a slug, and nothing of what the catalog wrote', () => {
  expect(locate({ [SLUG]: 'ledger' })).toMatchObject({
    problem: { message: expect.stringContaining(SLUG) },
  });
  expect(locate({ [SOURCE]: 'url:https://gitlab.com/acme' })).toBeUndefined();
});
