import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { repositoryPath, resetFleet } from './buildFleet';
import { git } from './git';
import { playScenario, type ScenarioName } from './playScenario';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('a scenario', () => {
  let demoDir: string;
  beforeEach(async () => {
    demoDir ??= await mkdtemp(join(tmpdir(), 'fettle-play-'));
    await resetFleet(demoDir, NOW);
  });
  after(() => rm(demoDir, { recursive: true, force: true }));

  const inside = (repository: string, ...args: string[]) =>
    git(repositoryPath(demoDir, repository), args);
  const play = (name: ScenarioName, repository?: string) =>
    playScenario(demoDir, name, repository, NOW);
  const files = async (repository: string) =>
    (await inside(repository, 'ls-tree', '-r', '--name-only', 'main')).split(
      '\n',
    );

  it('pushes a commit on top of the last one', async () => {
    const before = await inside('payments/ledger', 'rev-parse', 'main');
    const { commit } = await play('commit');
    assert.equal(await inside('payments/ledger', 'rev-parse', 'main'), commit);
    assert.equal(await inside('payments/ledger', 'rev-parse', 'main^'), before);
    await inside('payments/ledger', 'fsck', '--strict');
  });

  it('makes the first commit of an empty repository', async () => {
    const { commit, branch } = await play('commit', 'sandbox/empty');
    assert.equal(branch, 'main');
    assert.equal(await inside('sandbox/empty', 'rev-parse', 'main'), commit);
  });

  it('works on the branch that has commits where HEAD names none', async () => {
    const { branch } = await play('commit', 'sandbox/headless');
    assert.equal(branch, 'develop');
  });

  it('deletes the README, wherever it is, and a revert brings it back', async () => {
    const tree = await inside('web/design-system', 'rev-parse', 'main^{tree}');
    await play('delete-readme', 'web/design-system');
    assert.ok(!(await files('web/design-system')).includes('docs/README.md'));
    await play('revert', 'web/design-system');
    assert.equal(
      await inside('web/design-system', 'rev-parse', 'main^{tree}'),
      tree,
    );
  });

  it('rewrites the last commit by force', async () => {
    const before = await inside(
      'payments/ledger',
      'rev-parse',
      'main',
      'main^',
    );
    await play('force-push');
    const after_ = await inside(
      'payments/ledger',
      'rev-parse',
      'main',
      'main^',
    );
    assert.notEqual(after_.split('\n')[0], before.split('\n')[0]);
    assert.equal(after_.split('\n')[1], before.split('\n')[1]);
  });

  it('starts a branch and leaves the default branch as it is', async () => {
    const before = await inside('payments/ledger', 'rev-parse', 'main');
    const { branch, commit } = await play('branch');
    assert.equal(await inside('payments/ledger', 'rev-parse', branch), commit);
    assert.equal(await inside('payments/ledger', 'rev-parse', 'main'), before);
  });

  it('commits what should not be there, and fix takes it out again', async () => {
    await play('conflict', 'web/storefront');
    await play('build-output', 'web/storefront');
    await play('fix', 'web/storefront');
    const after_ = await files('web/storefront');
    assert.deepEqual(
      after_.filter(path => path.startsWith('node_modules/')),
      [],
    );
    for (const path of ['README.md', 'LICENSE', 'catalog-info.yaml']) {
      assert.ok(after_.includes(path), path);
    }
    const total = await inside('web/storefront', 'show', 'main:src/total.ts');
    assert.doesNotMatch(total, /^(<{7}|={7}|>{7})/m);
    assert.match(total, /item\.price, 0\);\n}$/);
  });

  it('refuses a repository that is not there, and names those that are', async () => {
    for (const repository of ['mobile/android', '../../etc', 'nothing']) {
      await assert.rejects(play('commit', repository), /There are: payments/);
    }
  });

  it('says why it cannot be played', async () => {
    await assert.rejects(play('revert', 'sandbox/empty'), /no commit yet/);
    await play('delete-readme');
    await assert.rejects(play('delete-readme'), /no README to delete/);
  });
});
