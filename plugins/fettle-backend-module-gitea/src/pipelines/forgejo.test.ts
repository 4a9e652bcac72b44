import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { pipelineSourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { FakeHost } from '../testing/FakeHost';
import { ForgejoActions, type ForgejoVersion } from '../testing/ForgejoActions';
import { sourceFor } from '../testing/sourceFor';

const { signal } = new AbortController();
const since = new Date(0);
const run = { runId: '17', attempt: 1, pipelineId: 'ci.yaml' };

async function start(actions: ForgejoActions) {
  const host = await FakeHost.start();
  host.actions = actions;
  const { location } = host.create('acme/ledger');
  return { host, location, source: sourceFor(host).pipelines };
}

pipelineSourceContract(async () => {
  const actions = new ForgejoActions();
  const { host, location, source } = await start(actions);
  // It has no operation for it: what that comes to is below.
  return {
    source: Object.assign(source, { rerun: undefined }),
    location,
    foreign: { ...location, remote: 'https://codeberg.org/acme/ledger' },
    failed: { run, jobId: '170', logEndsWith: 'error: it does not work' },
    running: { ...run, runId: '18' },
    asked: () => actions.asked,
    dispose: () => host.stop(),
  };
});

describe('Forgejo', () => {
  let host: FakeHost;
  let location: RepositoryLocation;
  let actions: ForgejoActions;
  const use = async (version: ForgejoVersion = '16') => {
    actions = new ForgejoActions(version);
    const started = await start(actions);
    ({ host, location } = started);
    return started.source;
  };
  afterEach(() => host.stop());

  it('tells a run with what began it', async () => {
    const source = await use();
    const report = await source.readRun(location, run, { signal });
    expect(report).toMatchObject({
      repository: { remote: location.remote, key: '7' },
      pipeline: { id: 'ci.yaml', name: 'ci.yaml' },
      ...{ runId: '17', attempt: 1, mayReopen: true, state: 'failed' },
      ...{ number: '17', title: 'Fix it', branch: 'main', actor: 'ada' },
      ...{ before: 'b'.repeat(40), commitSubject: 'Fix it', event: 'push' },
      at: '2026-06-01T12:05:00.000Z',
      startedAt: '2026-06-01T12:01:00.000Z',
      finishedAt: '2026-06-01T12:05:00.000Z',
      jobs: [
        {
          ...{ id: '170', name: 'test', state: 'failed', hasLog: true },
          webUrl:
            'https://gitea.example.com/acme/ledger/actions/runs/17/jobs/0',
        },
      ],
      allJobs: true,
    });
  });

  it.each([
    ['waiting', 'queued', undefined],
    ['blocked', 'queued', 'blocked'],
    ['running', 'running', undefined],
    ['success', 'succeeded', undefined],
    ['cancelled', 'cancelled', undefined],
    ['skipped', 'skipped', undefined],
    ['unknown', 'unknown', 'unknown'],
    ['vaporised', 'unknown', 'vaporised'],
  ])('says %s of what is %s', async (word, state, hostState) => {
    const source = await use();
    actions.status = word;
    const report = await source.readRun(location, run, { signal });
    expect([report.state, report.hostState]).toEqual([state, hostState]);
  });

  it('says that a run waits for someone to allow it', async () => {
    const source = await use();
    actions.status = 'blocked';
    actions.event.need_approval = true;
    const report = await source.readRun(location, run, { signal });
    expect(report.state).toBe('waiting');
  });

  it.each([
    [{ prettyref: '#12', trigger_event: 'pull_request' }, '#12'],
    [{ prettyref: 'main', trigger_event: 'pull_request_target' }, undefined],
    [{ prettyref: 'v1', event_payload: '{"ref":"refs/tags/v1"}' }, undefined],
    [{ event_payload: 'no JSON' }, 'main'],
    [{ event_payload: '[1]' }, 'main'],
    [{ event_payload: '{"ref":1}' }, 'main'],
  ])('with %j is of the branch %s', async (event, branch) => {
    const source = await use();
    Object.assign(actions.event, event);
    const report = await source.readRun(location, run, { signal });
    expect(report.branch).toBe(branch);
  });

  it('of version 15 tells runs without their jobs', async () => {
    const source = await use('15');
    const { runs } = await source.listRuns(location, { signal, since });
    expect(runs).toHaveLength(2);
    const report = await source.readRun(location, run, { signal });
    expect(report.state).toBe('failed');
    expect(report).not.toHaveProperty('jobs');
    expect(report).not.toHaveProperty('allJobs');
    await expect(
      source.cancel(location, { ...run, runId: '18' }, { signal }),
    ).rejects.toMatchObject({
      ...{ code: 'failed', message: expect.stringContaining('Forgejo 16') },
    });
  });

  it('cannot run it again, and says so', async () => {
    const source = await use();
    for (const failedOnly of [false, true]) {
      const asked = source.rerun(location, run, { signal, failedOnly });
      await expect(asked).rejects.toMatchObject({
        ...{ code: 'failed', message: expect.stringContaining('Forgejo') },
        action: 'Do it on the host.',
      });
    }
  });
});
