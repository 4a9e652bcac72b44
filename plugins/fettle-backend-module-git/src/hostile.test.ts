import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { GitRepositorySource } from './GitRepositorySource';
import {
  git,
  GitFixtures,
  type GitFixtureRepository,
} from './testing/GitFixtures';

const AT = '2026-05-30T10:00:00.000Z';
const signal = new AbortController().signal;

let fixtures: GitFixtures;
let source: GitRepositorySource;

beforeEach(() => {
  fixtures = new GitFixtures();
  source = fixtures.source();
});
afterEach(async () => fixtures.dispose());

/** Does everything that Fettle ever does with a folder. */
async function readAll(repository: GitFixtureRepository, commit: string) {
  const { location } = repository;
  const snapshot = await source.snapshot(location, { signal });
  const tree = await source.readTree(location, commit, { signal });
  const entries = await tree.list();
  const files = await tree.read(entries.map(each => each.path));
  const { lines } = await tree.findLines(['secret', '<']);
  await source.discover({ signal });
  return { snapshot, entries, files, lines };
}

async function codeOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  return (error as SourceError).code;
}

function objectFile(repository: GitFixtureRepository, id: string) {
  return path.join(repository.folder, 'objects', id.slice(0, 2), id.slice(2));
}

it('runs nothing that the config, hooks or attributes of a folder name', async () => {
  const repository = fixtures.create('trap');
  const commit = await repository.commit({
    at: AT,
    files: { '.gitattributes': '* filter=trap diff=trap\n', a: 'secret\n' },
  });
  const marker = path.join(fixtures.root, 'executed');
  const trap = path.join(fixtures.root, 'trap.sh');
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> ${marker}\ncat\n`);
  chmodSync(trap, 0o755);
  for (const key of [
    'core.fsmonitor',
    'core.sshCommand',
    'core.gitProxy',
    'core.askPass',
    'core.pager',
    'core.editor',
    'core.alternateRefsCommand',
    'credential.helper',
    'diff.external',
    'diff.trap.command',
    'diff.trap.textconv',
    'filter.trap.clean',
    'filter.trap.smudge',
    'filter.trap.process',
    'gpg.program',
    'pager.log',
    'pager.grep',
    'pager.for-each-ref',
    'uploadpack.packObjectsHook',
    'remote.origin.uploadpack',
  ]) {
    git(repository.folder, ['config', key, trap]);
  }
  for (const command of [
    'rev-list',
    'for-each-ref',
    'grep',
    'ls-tree',
    'cat-file',
  ]) {
    git(repository.folder, ['config', `alias.${command}`, `!${trap}`]);
  }
  mkdirSync(path.join(repository.folder, 'info'), { recursive: true });
  writeFileSync(
    path.join(repository.folder, 'info', 'attributes'),
    '* filter=trap diff=trap\n',
  );
  git(repository.folder, ['config', 'log.showSignature', 'true']);
  git(repository.folder, ['config', 'gc.auto', '1']);
  git(repository.folder, ['config', 'submodule.recurse', 'true']);
  const hooks = path.join(repository.folder, 'hooks');
  mkdirSync(hooks, { recursive: true });
  git(repository.folder, ['config', 'core.hooksPath', hooks]);
  for (const hook of [
    'post-checkout',
    'pre-auto-gc',
    'reference-transaction',
    'fsmonitor-watchman',
  ]) {
    writeFileSync(path.join(hooks, hook), readFileSync(trap));
    chmodSync(path.join(hooks, hook), 0o755);
  }

  const { snapshot, files, lines } = await readAll(repository, commit);
  expect(snapshot.head?.commit).toBe(commit);
  expect(files.get('a')?.text).toBe('secret\n');
  expect(lines).toHaveLength(1);
  expect(existsSync(marker)).toBe(false);
  // The trap is one: git of the same version falls into it without the armour.
  git(repository.folder, ['cat-file', '--filters', '--path=a', `${commit}:a`]);
  expect(existsSync(marker)).toBe(true);
});

it.each([
  ['a program', (marker: string) => `ext::sh -c "touch ${marker}"`],
  ['a folder', () => 'file:///nowhere'],
])(
  'does not fetch what is missing from %s that the config of a folder names',
  async (_, promisor) => {
    const repository = fixtures.create('partial');
    const commit = await repository.commit({ at: AT, files: { a: 'a\n' } });
    const marker = path.join(fixtures.root, 'executed');
    const blob = git(repository.folder, ['rev-parse', `${commit}:a`]).trim();
    git(repository.folder, ['config', 'core.repositoryFormatVersion', '1']);
    git(repository.folder, ['config', 'extensions.partialClone', 'origin']);
    git(repository.folder, ['config', 'remote.origin.promisor', 'true']);
    git(repository.folder, ['config', 'remote.origin.url', promisor(marker)]);
    git(repository.folder, [
      'config',
      'remote.origin.uploadpack',
      `touch ${marker};`,
    ]);
    git(repository.folder, ['config', 'protocol.allow', 'always']);
    git(repository.folder, ['config', 'protocol.ext.allow', 'always']);
    rmSync(objectFile(repository, blob), { force: true });

    expect(await codeOf(readAll(repository, commit))).toBe('corrupt');
    expect(existsSync(marker)).toBe(false);
  },
);

it('never writes to a folder', async () => {
  const repository = fixtures.create('ledger');
  const commit = await repository.commit({ at: AT, files: { a: 'a\n' } });
  git(fixtures.root, ['-C', repository.folder, 'config', 'gc.auto', '1']);
  const listing = () =>
    execFileSync('find', [
      repository.folder,
      '-printf',
      '%p %s %T@ %m\n',
    ]).toString();
  const before = listing();
  await readAll(repository, commit);
  expect(listing()).toBe(before);
});

it('reports a link and never follows it', async () => {
  const outside = path.join(fixtures.root, 'outside.txt');
  writeFileSync(outside, 'secret of the server\n');
  const repository = fixtures.create('links');
  const commit = await repository.commit({
    at: AT,
    files: {
      absolute: { symlink: outside },
      relative: { symlink: '../../outside.txt' },
      folder: { symlink: '/etc' },
    },
  });
  const { files, lines } = await readAll(repository, commit);
  expect(files.get('absolute')).toEqual({
    path: 'absolute',
    size: outside.length,
    omitted: 'not-a-file',
    target: outside,
  });
  expect([...files.values()].map(({ text }) => text)).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(lines).toEqual([]);
  const tree = await source.readTree(repository.location, commit, { signal });
  expect((await tree.read(['folder/passwd'])).size).toBe(0);
});

it('does not read a folder through a link out of the configured ones', async () => {
  const elsewhere = path.join(fixtures.root, 'elsewhere.git');
  git(fixtures.root, ['init', '-q', '--bare', elsewhere]);
  symlinkSync(elsewhere, path.join(fixtures.repositories, 'linked.git'));
  mkdirSync(path.join(fixtures.repositories, 'pointed'));
  writeFileSync(
    path.join(fixtures.repositories, 'pointed', '.git'),
    `gitdir: ${elsewhere}\n`,
  );
  const { repositories, problems } = await source.discover({ signal });
  expect(repositories).toEqual([]);
  expect(problems.map(({ message }) => message).join('\n')).toMatch(
    /pointed.*\n?.*|linked.git is a link/,
  );
  expect(problems).toHaveLength(2);
  for (const name of ['linked', 'pointed']) {
    const location = {
      remote: `file://${fixtures.repositories}/${name}`,
      name,
      host: 'localhost',
    };
    expect(await codeOf(source.snapshot(location, { signal }))).toBe('invalid');
  }
});

it.each([
  '--upload-pack=touch /tmp/x',
  'ext::sh -c true',
  'https://-oProxyCommand=x/a',
  'ssh://-oProxyCommand=x/a',
  'git://git.example.com/a',
  '/etc',
  'fd::17',
])(
  'refuses the remote %s, also where it comes from a database',
  async remote => {
    const location = { remote, name: 'x', host: 'x' };
    expect(await codeOf(source.snapshot(location, { signal }))).toBe('invalid');
    expect(
      await codeOf(source.readTree(location, 'a'.repeat(40), { signal })),
    ).toBe('invalid');
  },
);

it.each(['HEAD', '--output=/tmp/x', 'main', 'A'.repeat(40), ''])(
  'refuses %j in place of a commit',
  async commit => {
    const { location } = fixtures.create('ledger');
    const reading = source.readTree(location, commit, { signal });
    expect(await codeOf(reading)).toBe('invalid');
  },
);

it('says that a repository with broken objects is damaged', async () => {
  const repository = fixtures.create('broken');
  const commit = await repository.commit({ at: AT, files: { a: 'a\n' } });
  const blob = git(repository.folder, ['rev-parse', `${commit}:a`]).trim();
  const { location } = repository;
  const tree = await source.readTree(location, commit, { signal });

  chmodSync(objectFile(repository, blob), 0o644);
  writeFileSync(objectFile(repository, blob), 'nonsense');
  expect(await codeOf(tree.read(['a']))).toBe('corrupt');
  chmodSync(objectFile(repository, commit), 0o644);
  writeFileSync(objectFile(repository, commit), 'nonsense');
  expect(await codeOf(source.snapshot(location, { signal }))).toBe('corrupt');
  expect(await codeOf(source.readTree(location, commit, { signal }))).toBe(
    'corrupt',
  );
});

it('says that a tree which names a file outside is damaged', async () => {
  const repository = fixtures.create('escape');
  await repository.commit({ at: AT, files: { a: 'a\n' } });
  const blob = git(repository.folder, ['rev-parse', 'main:a']).trim();
  const entry = Buffer.concat([
    Buffer.from('100644 ..\0'),
    Buffer.from(blob, 'hex'),
  ]);
  const treeId = git(
    repository.folder,
    ['hash-object', '-t', 'tree', '--literally', '-w', '--stdin'],
    entry,
  ).trim();
  const commit = git(repository.folder, [
    'commit-tree',
    treeId,
    '-m',
    'x',
  ]).trim();
  expect(
    await codeOf(source.readTree(repository.location, commit, { signal })),
  ).toBe('corrupt');
});

it('says so where a repository vanishes while it is read', async () => {
  const repository = fixtures.create('vanishing');
  const commit = await repository.commit({ at: AT, files: { a: 'a\n' } });
  const tree = await source.readTree(repository.location, commit, { signal });
  await repository.remove();
  for (const reading of [tree.read(['a']), tree.findLines(['a'])]) {
    const error = await reading.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).code).toBe('not-found');
  }
});

it('neither reads nor searches what is too large', async () => {
  const repository = fixtures.create('large');
  // Compressing it twice is what would take the time.
  git(repository.folder, ['config', 'core.compression', '0']);
  const large = Buffer.alloc(
    40 * 1024 * 1024,
    'secret text that would be found\n',
  );
  const commit = await repository.commit({
    at: AT,
    files: { 'la[r]ge\\xff*.txt': large, 'small.txt': 'secret\n' },
  });
  // Were its content asked for, it would be missing.
  const id = git(repository.folder, ['ls-tree', '-r', '-z', 'main'])
    .split('\0')
    .find(line => line.includes('la[r]ge'))!
    .split(/[ \t]/)[2];
  const tree = await source.readTree(repository.location, commit, { signal });
  rmSync(objectFile(repository, id));

  const files = await tree.read(['la[r]ge\\xff*.txt']);
  expect([...files.values()]).toEqual([
    { path: 'la[r]ge\\xff*.txt', size: large.length, omitted: 'too-large' },
  ]);
  expect(await tree.findLines(['secret'])).toEqual({
    lines: [{ path: 'small.txt', line: 1, text: 'secret' }],
    complete: true,
  });
});

it('gives up on a commit with too many files', async () => {
  const repository = fixtures.create('many');
  const commit = await repository.commit({
    at: AT,
    files: { a: '', b: '', c: '' },
  });
  const strict = fixtures.source({ maxFiles: 2 });
  expect(
    await codeOf(strict.readTree(repository.location, commit, { signal })),
  ).toBe('too-large');
});
