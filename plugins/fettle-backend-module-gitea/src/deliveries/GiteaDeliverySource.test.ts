import { createHmac } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import type { DeliveryRequest } from 'backstage-plugin-fettle-node';
import { deliverySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import type { PullRequest, Repository } from 'gitea-js';
import { readGiteaConfig } from '../config/readGiteaConfig';
import { ForgejoActions } from '../testing/ForgejoActions';
import { GiteaActions } from '../testing/GiteaActions';
import { GiteaDeliverySource } from './GiteaDeliverySource';

const SECRET = 'a secret of the tests';
const REMOTE = 'https://gitea.example.com/acme/ledger';
const gitea = new GiteaActions();
const repository: Repository = {
  ...{ id: 7, full_name: 'acme/ledger', html_url: REMOTE },
};

function sourceOf(hosts: object[]) {
  const integrations = {
    gitea: [
      { host: 'gitea.example.com' },
      { host: 'codeberg.org' },
      { host: 'localhost:3000', baseUrl: 'http://localhost:3000' },
    ],
  };
  const config = { integrations, fettle: { gitea: { hosts } } };
  return new GiteaDeliverySource(readGiteaConfig(new ConfigReader(config)));
}

const source = sourceOf([{ host: 'gitea.example.com', webhookSecret: SECRET }]);

const hash = (body: string, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex');

/** As Gitea signs; the kind is in the header in which it names it. */
function sign(
  body: string,
  kind: Record<string, string>,
  id: string,
): DeliveryRequest {
  return {
    headers: {
      'x-gitea-signature': hash(body),
      'x-hub-signature-256': `sha256=${hash(body)}`,
      ...{ 'x-gitea-delivery': id, ...kind },
    },
    body: Buffer.from(body),
  };
}

/** As Forgejo signs. */
function signLikeForgejo(body: string, event: string): DeliveryRequest {
  const headers = {
    'x-forgejo-signature': hash(body),
    'x-forgejo-event': event,
    'x-forgejo-delivery': `id-of-${event}`,
  };
  return { headers, body: Buffer.from(body) };
}

const pull: PullRequest = { number: 3, state: 'open' };
const payloads: Record<string, [object, 'run' | 'repository' | 'nothing']> = {
  workflow_run: [{ workflow_run: gitea.run(17), repository }, 'run'],
  workflow_job: [{ workflow_job: gitea.job(170), repository }, 'run'],
  push: [{ ref: 'refs/heads/main', repository }, 'repository'],
  create: [{ ref: 'x', ref_type: 'branch', repository }, 'repository'],
  repository: [{ action: 'deleted', repository }, 'repository'],
  pull_request: [
    { action: 'opened', pull_request: pull, repository },
    'repository',
  ],
  status: [{ state: 'success', context: 'ci', repository }, 'nothing'],
  release: [{ action: 'published', repository }, 'nothing'],
};

deliverySourceContract(() => ({
  source,
  samples: [
    ...Object.entries(payloads).map(([event, [payload, tells]]) => ({
      name: event,
      request: sign(
        JSON.stringify(payload),
        { 'x-gitea-event': event },
        `id-of-${event}`,
      ),
      tells,
    })),
    {
      name: 'the end of a run of Forgejo',
      request: signLikeForgejo(
        JSON.stringify({
          ...{ action: 'failure', prior_status: 'running' },
          run: new ForgejoActions().run(17),
        }),
        'action_run_failure',
      ),
      tells: 'run' as const,
    },
  ],
  sign: body => sign(body, { 'x-gitea-event': 'workflow_run' }, 'odd'),
}));

function read(event: string, payload: object, from = source) {
  return from.read({
    ...{ id: 'x', event, authority: 'gitea.example.com', headers: {} },
    body: JSON.stringify(payload),
    receivedAt: '2026-06-01T12:00:00.000Z',
  });
}

describe('a webhook', () => {
  const reportOf = (run: object, more: object = {}) =>
    read('workflow_run', {
      ...{ workflow_run: { ...gitea.run(17), ...run }, repository },
      ...more,
    }).runs![0];

  it('of a run tells its pipeline, commit and times', () => {
    expect(reportOf({}, { workflow: { name: 'CI' } })).toMatchObject({
      repository: { remote: REMOTE, key: '7' },
      pipeline: { id: 'ci.yaml', name: 'CI' },
      ...{ runId: '17', attempt: 1, number: '17', state: 'failed' },
      ...{ branch: 'main', commit: 'a'.repeat(40), actor: 'bob' },
      finishedAt: '2026-06-01T12:05:00.000Z',
    });
  });

  it.each([
    ['ci.yaml@refs/heads/feat@ure', 'push', 'feat@ure', 'feat@ure'],
    ['ci.yaml@refs/pull/12/head', 'pull_request', '', '#12'],
    ['ci.yaml@refs/heads/main', 'pull_request_target', 'main', undefined],
    ['ci.yaml@refs/tags/v1', 'push', 'v1', undefined],
  ])('of a run of %s, %s, is of its branch', (path, event, head, branch) => {
    expect(reportOf({ path, event, head_branch: head })).toMatchObject({
      pipeline: { id: 'ci.yaml' },
    });
    expect(reportOf({ path, event, head_branch: head }).branch).toBe(branch);
  });

  it.each([
    ['queued', '', 'queued', undefined],
    ['pending', '', 'queued', 'pending'],
    ['waiting', '', 'waiting', undefined],
    ['in_progress', '', 'running', undefined],
    ['completed', 'success', 'succeeded', undefined],
    ['completed', 'cancelled', 'cancelled', undefined],
    ['completed', 'skipped', 'skipped', undefined],
    ['completed', 'timed_out', 'failed', 'timed_out'],
    ['completed', 'vaporised', 'unknown', 'vaporised'],
    ['dreaming', '', 'unknown', 'dreaming'],
    ['constructor', '', 'unknown', 'constructor'],
  ])('with %s and %s is %s', (status, conclusion, state, hostState) => {
    const report = reportOf({ status, conclusion });
    expect([report.state, report.hostState]).toEqual([state, hostState]);
  });

  it('has no time where the host counts from nothing', () => {
    const zero = { started_at: '0001-01-01T00:00:00Z' };
    const ages = { completed_at: '1970-01-01T01:00:00+01:00' };
    const queued = { status: 'queued', updated_at: undefined };
    const report = reportOf({ ...zero, ...ages, ...queued, created_at: '' });
    for (const name of ['at', 'startedAt', 'finishedAt', 'queuedAt'] as const) {
      expect(report[name]).toBeUndefined();
    }
  });

  it('of a host that counts no attempts may open the run again', () => {
    expect(reportOf({ run_attempt: 0 })).toMatchObject({
      ...{ attempt: 1, mayReopen: true },
    });
    expect(reportOf({ run_attempt: 2 })).not.toHaveProperty('mayReopen');
    expect(reportOf({ run_attempt: 2 }).attempt).toBe(2);
  });

  it('of a job that is tried again leaves it to the API which attempt that is', () => {
    const workflow_job = gitea.job(170, 2);
    const { ignored, runs } = read('workflow_job', {
      workflow_job,
      repository,
    });
    expect(ignored).toContain('attempt');
    expect(runs).toBeUndefined();
  });

  it('of a pull request that was labelled is of no interest', () => {
    const payload = { action: 'label_updated', repository };
    expect(read('pull_request', payload).ignored).toContain('label_updated');
  });

  it.each(['action_run_success', 'action_run_recover'])(
    'of %s tells the run of Forgejo',
    event => {
      const actions = new ForgejoActions();
      actions.status = 'success';
      const { runs } = read(event, { run: actions.run(17) });
      expect(runs).toMatchObject([
        {
          repository: { remote: REMOTE, key: '7' },
          ...{ runId: '17', state: 'succeeded', mayReopen: true },
        },
      ]);
    },
  );

  it.each<[object]>([
    [{ html_url: 'https://codeberg.org/acme/ledger' }],
    [{ html_url: 'nonsense' }],
    [{ full_name: '../..' }],
  ])('about the repository %j is refused', other => {
    const payload = { repository: { ...repository, ...other } };
    expect(() => read('push', payload)).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });

  it('of a host that is not configured any more is refused', () => {
    const less = sourceOf([{ host: 'codeberg.org', webhookSecret: SECRET }]);
    expect(() => read('push', { repository }, less)).toThrow(
      expect.objectContaining({ code: 'refused' }),
    );
  });

  it('names the repository as the portal does', () => {
    const local = sourceOf([{ host: 'localhost:3000', webhookSecret: SECRET }]);
    const reading = local.read({
      ...{ id: 'x', event: 'push', authority: 'localhost:3000', headers: {} },
      body: JSON.stringify({
        repository: { ...repository, html_url: 'https://localhost:3000/a/b/' },
      }),
      receivedAt: '2026-06-01T12:00:00.000Z',
    });
    const remote = 'http://localhost:3000/acme/ledger';
    expect(reading.repositories).toEqual([remote]);
  });
});

describe('a signature', () => {
  const body = '{}';
  const named = { 'x-gitea-event': 'push', 'x-gitea-delivery': 'x' };
  const verify = (headers: Record<string, string>, from = source) =>
    from.verify({ headers: { ...named, ...headers }, body: Buffer.from(body) });

  it.each([
    ['x-gitea-signature', ''],
    ['x-forgejo-signature', ''],
    ['x-hub-signature-256', 'sha256='],
  ])('in %s is taken, and a wrong one is not', (name, prefix) => {
    const authority = 'gitea.example.com';
    expect(verify({ [name]: `${prefix}${hash(body)}` })).toMatchObject({
      ...{ id: 'x', event: 'push', authority },
    });
    expect(verify({ [name]: `${prefix}${hash('[]')}` })).toBeUndefined();
    expect(verify({ [name]: '' })).toBeUndefined();
  });

  it('tells hosts apart', () => {
    const both = sourceOf([
      { host: 'gitea.example.com', webhookSecret: SECRET },
      { host: 'codeberg.org', webhookSecret: 'another' },
    ]);
    const theirs = { 'x-forgejo-signature': hash(body, 'another') };
    expect(verify(theirs, both)?.authority).toBe('codeberg.org');
  });

  it('with an empty secret is never right', () => {
    const open = sourceOf([{ host: 'gitea.example.com' }]);
    const empty = { 'x-gitea-signature': hash(body, '') };
    expect(verify(empty, open)).toBeUndefined();
    expect(open.problem?.action).toContain('webhookSecret');
  });

  it('names the kind in the second header where the first is empty', () => {
    const headers = {
      'x-gitea-signature': hash(body),
      ...{ 'x-gitea-event': '', 'x-gitea-event-type': 'status' },
    };
    expect(verify(headers)?.event).toBe('status');
  });

  it('without an id or a kind is no delivery', () => {
    const headers = { 'x-gitea-signature': hash(body) };
    const request = { headers, body: Buffer.from(body) };
    expect(() => source.verify(request)).toThrow(/X-Gitea-Delivery/);
  });
});
