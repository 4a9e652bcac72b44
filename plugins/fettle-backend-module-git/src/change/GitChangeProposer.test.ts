import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { BareRepository, runGit } from 'backstage-plugin-fettle-node/testUtils';
import { GitFixtures, NOW } from '../testing/GitFixtures';
import { GitHttpServer } from '../testing/GitHttpServer';
import { GitChangeProposer } from './GitChangeProposer';

const { signal } = new AbortController();
const AT = '2026-05-20T12:00:00.000Z';
const BRANCH = 'fettle/tidy/0123456789ab';
const identity = { name: 'Fettle', email: 'fettle@example.com' };

let fixtures: GitFixtures;
let repository: BareRepository;
let baseCommit: string;
beforeEach(async () => {
  fixtures = new GitFixtures();
  const folder = path.join(fixtures.repositories, 'ledger.git');
  const remote = `file://${folder.replace(/\.git$/, '')}`;
  const location = { remote, name: 'ledger', host: 'localhost' };
  repository = new BareRepository(location, folder);
  baseCommit = await repository.commit({
    ...{ at: AT, files: { a: 'a\n', many: '1\n2\n3\n4\n5\n6\n7\n' } },
  });
});
afterEach(() => fixtures.dispose());

const open = (proposer: GitChangeProposer, location: RepositoryLocation) =>
  proposer.open(
    location,
    {
      ...{ branch: BRANCH, base: 'main', baseCommit, title: 'Tidy', body: '' },
      marker: 'fettle-plan: 0123456789abcdef',
      files: [
        { path: 'a', content: 'b\n' },
        { path: 'many', content: 'one\n2\n3\n4\n5\n6\n7\n' },
      ],
    },
    { signal },
  );
const mergeOf = (
  proposer: GitChangeProposer,
  change: { branch: string; id: string; headCommit: string },
) => proposer.merge(repository.location, change, { signal });

it('runs no hook, filter or program of the repository', async () => {
  const { folder, location } = repository;
  await repository.commit({
    ...{ at: AT, files: { many: '1\n2\n3\n4\n5\n6\nseven\n' } },
  });
  const trace = path.join(fixtures.root, 'executed');
  const program = path.join(fixtures.root, 'program');
  writeFileSync(program, `#!/bin/sh\ntouch '${trace}'\n`);
  chmodSync(program, 0o755);
  const hooks = path.join(folder, 'hooks');
  mkdirSync(hooks, { recursive: true });
  for (const hook of [
    ...['reference-transaction', 'post-receive', 'pre-receive', 'update'],
    ...['post-update', 'pre-commit', 'commit-msg', 'pre-merge-commit'],
    ...['post-merge', 'pre-push', 'post-commit', 'fsmonitor-watchman'],
  ]) {
    writeFileSync(path.join(hooks, hook), `#!/bin/sh\ntouch '${trace}'\n`);
    chmodSync(path.join(hooks, hook), 0o755);
  }
  const set = (key: string, value: string) =>
    runGit(folder, ['config', key, value]);
  set('core.hooksPath', hooks);
  set('core.fsmonitor', program);
  set('gpg.program', program);
  set('commit.gpgSign', 'true');
  set('filter.x.clean', program);
  set('merge.renormalize', 'true');
  writeFileSync(
    path.join(folder, 'info', 'attributes'),
    '* filter=x merge=x\n',
  );
  const proposer = new GitChangeProposer(fixtures.source(), identity);
  const change = await open(proposer, location);
  set('merge.x.driver', program);
  const found = await proposer.find(location, BRANCH, { signal });
  expect(found).toMatchObject({ state: 'open' });
  expect(found).not.toHaveProperty('mergeable');
  await expect(mergeOf(proposer, change)).rejects.toMatchObject({
    ...{ code: 'failed', message: expect.stringContaining('program') },
  });
  runGit(folder, ['config', '--unset', 'merge.x.driver']);
  expect(await mergeOf(proposer, change)).toMatchObject({ state: 'merged' });
  expect(existsSync(trace)).toBe(false);
  expect(repository.read(repository.find('main')).files.many).toBe(
    'one\n2\n3\n4\n5\n6\nseven\n',
  );
});

it('signs its commits with the key that it was given', async () => {
  const key = path.join(fixtures.root, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const proposer = new GitChangeProposer(fixtures.source(), {
    ...{ ...identity, signing: { format: 'ssh', key } },
  });
  const change = await open(proposer, repository.location);
  await repository.commit({ at: AT, files: { b: 'b' } });
  const { mergeCommit } = await mergeOf(proposer, change);
  for (const commit of [change.headCommit, mergeCommit!]) {
    const raw = runGit(repository.folder, ['cat-file', 'commit', commit]);
    expect(raw).toContain('-----BEGIN SSH SIGNATURE-----');
    const when = NOW.getTime() / 1000;
    expect(raw).toContain(`committer Fettle <fettle@example.com> ${when}`);
  }
});

it('sees by its marker that a change was squashed', async () => {
  const proposer = new GitChangeProposer(fixtures.source(), identity);
  await open(proposer, repository.location);
  const { message } = repository.read(repository.find(BRANCH));
  const squashed = await repository.commit({
    ...{
      at: AT,
      files: { a: 'b\n', many: 'x' },
      message: `Squash it\n\n${message}`,
    },
  });
  const found = await proposer.find(repository.location, BRANCH, { signal });
  expect(found).toMatchObject({ state: 'merged', mergeCommit: squashed });
  expect(found?.endedByUs).toBe(false);
});

it('merges into no branch whose files somebody has before them', async () => {
  const folder = path.join(fixtures.repositories, 'work');
  runGit(fixtures.root, ['clone', '-q', repository.folder, folder]);
  const remote = `file://${folder}`;
  const location = { remote, name: 'work', host: 'localhost' };
  const proposer = new GitChangeProposer(fixtures.source(), identity);
  const check = (merge: boolean) => proposer.check(location, { signal, merge });
  expect(await check(false)).toEqual([]);
  expect(await check(true)).toMatchObject([{ code: 'checked-out' }]);
  const change = await open(proposer, location);
  await expect(
    proposer.merge(location, change, { signal }),
  ).rejects.toMatchObject({ code: 'failed' });
  expect(runGit(folder, ['status', '--porcelain'])).toBe('');
});

it('says before anything is touched that it may not push', async () => {
  const server = await GitHttpServer.start(fixtures.repositories);
  try {
    const remote = `${server.origin}/ledger`;
    const location = { remote, name: 'ledger', host: server.host };
    const source = fixtures.source({ repositories: [remote] });
    const proposer = new GitChangeProposer(source, identity);
    const options = { signal, merge: true };
    expect(await proposer.check(location, options)).toMatchObject([
      { code: 'no-right', message: expect.stringContaining(remote) },
    ]);
    runGit(repository.folder, ['config', 'http.receivepack', 'true']);
    expect(await proposer.check(location, options)).toEqual([]);
    const refs = runGit(repository.folder, ['for-each-ref']);
    expect(refs.trim().split('\n')).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

it('tells what a remote says that refuses a push', async () => {
  const server = await GitHttpServer.start(fixtures.repositories);
  try {
    const { folder } = repository;
    const remote = `${server.origin}/ledger`;
    const location = { remote, name: 'ledger', host: server.host };
    runGit(folder, ['config', 'http.receivepack', 'true']);
    const hook = path.join(folder, 'hooks', 'pre-receive');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho "Not on Fridays" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    const source = fixtures.source({ repositories: [remote] });
    const opening = open(new GitChangeProposer(source, identity), location);
    await expect(opening).rejects.toMatchObject({ code: 'failed' });
    expect(repository.find(BRANCH)).toBe('');
  } finally {
    await server.stop();
  }
});
