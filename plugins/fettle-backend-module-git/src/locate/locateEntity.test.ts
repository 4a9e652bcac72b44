import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { git, GitFixtures } from '../testing/GitFixtures';
import { parseRemote } from './RemoteAddress';

const OURS = 'fettle.dev/repository';
const SOURCE = 'backstage.io/source-location';
const MANAGED = 'backstage.io/managed-by-location';

let fixtures: GitFixtures;
beforeEach(() => {
  fixtures = new GitFixtures();
});
afterEach(async () => fixtures.dispose());

function locate(annotations: Record<string, string>) {
  const source = fixtures.source(
    {
      repositories: [
        fixtures.repositories,
        'git@git.example.com:payments/over-ssh.git',
        'https://portal:token@git.example.com/payments/secret',
      ],
      allowedHosts: ['gitea.example.com', 'http://plain.example.com:3000'],
    },
    { integrations: { github: [{ host: 'ghe.example.com' }] } },
  );
  return source.locate({ entityRef: 'component:default/x', annotations });
}

it.each<[Record<string, string>, string, string]>([
  [
    { [OURS]: 'https://GITEA.example.com/payments/ledger.git/#services//api/' },
    'https://gitea.example.com/payments/ledger',
    'services/api',
  ],
  [
    { [OURS]: 'git@gitea.example.com:payments/ledger.git' },
    'ssh://git@gitea.example.com/payments/ledger',
    '',
  ],
  [
    { [OURS]: 'http://plain.example.com:3000/a/b' },
    'http://plain.example.com:3000/a/b',
    '',
  ],
  // The same repository has one address, however an entity reaches it.
  [
    { [OURS]: 'https://git.example.com/payments/over-ssh' },
    'ssh://git@git.example.com/payments/over-ssh',
    '',
  ],
  [
    { [SOURCE]: 'url:https://ghe.example.com/org/repo/tree/main/sub/a%20b/' },
    'https://ghe.example.com/org/repo',
    'sub/a b',
  ],
  [
    {
      [SOURCE]: 'url:https://github.com/org/repo/blob/main/catalog-info.yaml',
      [OURS]: 'https://github.com/org/other',
    },
    'https://github.com/org/other',
    '',
  ],
  [
    { [SOURCE]: 'url:https://gitlab.com/a/b/c/-/tree/main/x/' },
    'https://gitlab.com/a/b/c',
    'x',
  ],
  [
    { [SOURCE]: 'url:https://gitea.example.com/org/repo/src/branch/main/sub/' },
    'https://gitea.example.com/org/repo',
    'sub',
  ],
  [
    { [OURS]: 'https://github.com/a/%2e%2e/%2e%2e/b' },
    'https://github.com/b',
    '',
  ],
])('%j is %s, folder %j', (annotations, remote, subpath) => {
  expect(locate(annotations)).toMatchObject({ location: { remote }, subpath });
});

it.each<[Record<string, string>, string]>([
  [
    { [OURS]: 'ssh://git@gitea.example.com:2222/payments/ledger' },
    'its host gitea.example.com:2222 is none',
  ],
  [{ [OURS]: '' }, 'it is empty'],
  [{ [OURS]: '--upload-pack=touch x' }, 'white space'],
  [{ [OURS]: '--upload-pack=x' }, 'dash'],
  [{ [OURS]: 'ext::sh' }, 'a program'],
  [{ [OURS]: 'ftp://git.example.com/a' }, 'the protocol ftp'],
  [{ [OURS]: 'etc/passwd' }, 'it has no protocol'],
  [{ [OURS]: 'https://github.com/' }, 'names no repository'],
  [{ [OURS]: 'https://github.com/a/b?x=y' }, 'a query'],
  [{ [OURS]: 'https://github.com/a/b#../c' }, 'leads out'],
  [{ [OURS]: 'https://github.com/a/b#x/%2e%2e/c' }, 'leads out'],
  [{ [OURS]: 'https://ada:pa55@github.com/a/b' }, 'a credential'],
  [{ [OURS]: 'https://169.254.169.254/latest/meta-data' }, 'its host'],
  [{ [OURS]: 'http://github.com/a/b' }, 'no encryption'],
  [{ [OURS]: '/etc' }, 'outside'],
  [{ [OURS]: 'file:///etc' }, 'outside'],
  [{ [OURS]: 'file://server/share' }, 'not a file URL'],
  [{ [SOURCE]: 'file:/etc/' }, 'in no repository'],
  [{ [SOURCE]: 'url:https://github.com/org' }, 'names no repository'],
  [{ [SOURCE]: 'github.com/org/repo' }, 'neither url: nor file:'],
])('%j is a problem: %s', (annotations, problem) => {
  const found = locate(annotations);
  expect(found).toEqual({
    problem: {
      message: expect.stringContaining(problem),
      action: expect.any(String),
    },
  });
  expect(JSON.stringify(found)).toContain(Object.keys(annotations)[0]);
  expect(JSON.stringify(found)).not.toContain('pa55');
});

it('has a page where integrations know the host, and no credential', () => {
  expect(locate({ [OURS]: 'https://ghe.example.com/org/repo' })).toEqual({
    location: {
      remote: 'https://ghe.example.com/org/repo',
      name: 'org/repo',
      host: 'ghe.example.com',
      webUrl: 'https://ghe.example.com/org/repo',
    },
    subpath: '',
  });
  expect(locate({ [OURS]: 'https://git.example.com/payments/secret' })).toEqual(
    {
      location: {
        remote: 'https://git.example.com/payments/secret',
        name: 'payments/secret',
        host: 'git.example.com',
      },
      subpath: '',
    },
  );
});

it('finds the repository that contains a file, and nothing outside of what is allowed', () => {
  const clone = path.join(fixtures.repositories, 'clone');
  git(fixtures.root, ['init', '-q', clone]);
  mkdirSync(path.join(clone, 'services/api'), { recursive: true });
  const file = path.join(clone, 'services/api/catalog-info.yaml');
  const location = {
    remote: `file://${clone}`,
    name: 'clone',
    host: 'localhost',
  };
  expect(locate({ [MANAGED]: `file:${file}` })).toEqual({
    location,
    subpath: 'services/api',
  });
  expect(locate({ [SOURCE]: `file:${path.dirname(file)}/` })).toEqual({
    location,
    subpath: 'services/api',
  });

  // The catalog wrote it; nobody said that there is a repository.
  const outside = path.join(fixtures.root, 'outside');
  git(fixtures.root, ['init', '-q', outside]);
  expect(locate({ [MANAGED]: `file:${outside}/a.yaml` })).toBeUndefined();
  expect(locate({ [MANAGED]: 'url:https://x.example.com/' })).toBeUndefined();

  symlinkSync(outside, path.join(fixtures.repositories, 'link'));
  expect(
    locate({ [OURS]: path.join(fixtures.repositories, 'link') }),
  ).toMatchObject({ problem: { message: expect.stringMatching('outside') } });
  expect(
    locate({ [OURS]: `${fixtures.repositories}/../outside` }),
  ).toMatchObject({ problem: { message: expect.stringMatching('outside') } });
});

it('names a folder that is gone, so that its state can say so', () => {
  const gone = path.join(fixtures.repositories, 'team/gone.git');
  expect(locate({ [OURS]: gone })).toEqual({
    location: {
      remote: `file://${fixtures.repositories}/team/gone`,
      name: 'team/gone',
      host: 'localhost',
    },
    subpath: '',
  });
});

it.each([
  ['https://git.example.com:443/a/b.git', 'https://git.example.com/a/b'],
  ['https://git.example.com:8443/a//b/', 'https://git.example.com:8443/a/b'],
  ['HTTPS://Git.Example.com/A/B', 'https://git.example.com/A/B'],
  ['ssh://git:pw@git.example.com/a/b', 'ssh://git@git.example.com/a/b'],
  ['deploy@git.example.com:/srv/a.git', 'ssh://deploy@git.example.com/srv/a'],
  ['https://dev.azure.com/org/p/_git/r', 'https://dev.azure.com/org/p/_git/r'],
])('knows %s as %s', (value, remote) => {
  expect(parseRemote(value).remote).toBe(remote);
});
