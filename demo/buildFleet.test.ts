import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { buildFleet, repositoryPath, resetFleet } from './buildFleet';
import { REPOSITORIES } from './fleet';
import { git } from './git';
import { playScenario } from './playScenario';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('the demo fleet', () => {
  let demoDir: string;
  before(async () => {
    demoDir = await mkdtemp(join(tmpdir(), 'fettle-fleet-'));
    await buildFleet(demoDir, NOW);
  });
  after(() => rm(demoDir, { recursive: true, force: true }));

  const refs = (name: string, folder = demoDir) =>
    git(repositoryPath(folder, name), ['for-each-ref']);

  it('is made of sound repositories', async () => {
    for (const { name } of REPOSITORIES.filter(({ build }) => build)) {
      await git(repositoryPath(demoDir, name), ['fsck', '--strict']);
    }
  });

  it('has an empty repository, one without a default branch, and one that is gone', async () => {
    assert.equal(await refs('sandbox/empty'), '');
    assert.match(await refs('sandbox/headless'), /refs\/heads\/develop$/);
    assert.equal(
      await git(repositoryPath(demoDir, 'sandbox/headless'), [
        'symbolic-ref',
        'HEAD',
      ]),
      'refs/heads/main',
    );
    await assert.rejects(refs('mobile/android'), /git for-each-ref failed/);
  });

  it('has no commit after now, and leaves the legacy repository alone for 14 months', async () => {
    const newest = async (name: string) =>
      Number(
        await git(repositoryPath(demoDir, name), [
          'log',
          '--all',
          '--max-count=1',
          '--format=%ct',
        ]),
      ) * 1000;
    for (const { name } of REPOSITORIES.filter(r => r.build)) {
      if (name !== 'sandbox/empty') {
        assert.ok((await newest(name)) <= NOW.getTime(), name);
      }
    }
    const days =
      (NOW.getTime() - (await newest('legacy/billing-batch'))) / 86_400_000;
    assert.ok(days > 14 * 30.5, `${days} days`);
  });

  it('starts every branch from a commit that is older than it', async () => {
    for (const name of ['payments/gateway', 'legacy/billing-batch']) {
      const lines = await git(repositoryPath(demoDir, name), [
        'log',
        '--all',
        '--format=%ct %P',
      ]);
      const path = repositoryPath(demoDir, name);
      for (const line of lines.split('\n')) {
        const [time, parent] = line.split(' ');
        if (parent) {
          const earlier = await git(path, [
            'show',
            '-s',
            '--format=%ct',
            parent,
          ]);
          assert.ok(Number(earlier) <= Number(time), `${name} ${line}`);
        }
      }
    }
  });

  it('is the same wherever it is built at the same time', async () => {
    const other = await mkdtemp(join(tmpdir(), 'fettle-fleet-'));
    try {
      await buildFleet(other, NOW);
      for (const { name } of REPOSITORIES.filter(({ build }) => build)) {
        assert.equal(await refs(name, other), await refs(name));
      }
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  it('names in the catalog where each registered repository is', async () => {
    const text = await readFile(join(demoDir, 'catalog', 'all.yaml'), 'utf8');
    const entities = parseAllDocuments(text).map(document => document.toJS());
    const remoteOf = (name: string) =>
      entities.find(e => e.kind === 'Component' && e.metadata.name === name)
        ?.metadata.annotations['fettle.dev/repository'];
    const urlOf = (name: string) =>
      pathToFileURL(repositoryPath(demoDir, name)).href;
    assert.equal(remoteOf('ledger'), urlOf('payments/ledger'));
    assert.equal(
      remoteOf('platform-worker'),
      `${urlOf('platform/monorepo')}#services/worker`,
    );
    assert.equal(remoteOf('android'), urlOf('mobile/android'));
    assert.doesNotMatch(text, /scratchpad/);
    const known = new Set(
      entities.map(e => `${e.kind.toLowerCase()}:default/${e.metadata.name}`),
    );
    for (const { kind, spec } of entities) {
      if (kind === 'Component') {
        assert.ok(known.has(spec.owner), spec.owner);
        assert.ok(known.has(`system:default/${spec.system}`), spec.system);
      }
    }
  });

  it('is kept when it is built again, and new after a reset', async () => {
    const built = await refs('platform/scratchpad');
    await playScenario(demoDir, 'commit', 'platform/scratchpad', NOW);
    const played = await refs('platform/scratchpad');
    assert.notEqual(played, built);

    assert.equal(await buildFleet(demoDir, NOW), false);
    assert.equal(await refs('platform/scratchpad'), played);

    await resetFleet(demoDir, NOW);
    assert.equal(await refs('platform/scratchpad'), built);
  });
});
