import { createHmac } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import examples from '@octokit/webhooks-examples';
import {
  DeliveryError,
  type DeliveryRequest,
} from 'backstage-plugin-fettle-node';
import { deliverySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { readGithubConfig } from '../config/readGithubConfig';
import { GithubDeliverySource } from './GithubDeliverySource';

const SECRET = 'a secret of the tests';

function sourceOf(hosts: object[], github: object[] = []) {
  return new GithubDeliverySource(
    readGithubConfig(
      new ConfigReader({
        integrations: { github },
        fettle: { github: { hosts } },
      }),
    ),
  );
}

const source = sourceOf([{ host: 'github.com', webhookSecret: SECRET }]);

function sign(body: string, event: string, id: string): DeliveryRequest {
  const hash = createHmac('sha256', SECRET).update(body).digest('hex');
  return {
    headers: {
      'x-hub-signature-256': `sha256=${hash}`,
      'x-github-event': event,
      'x-github-delivery': id,
    },
    body: Buffer.from(body),
  };
}

const published = (examples as { name: string; examples: object[] }[]).flatMap(
  ({ name, examples: list }) =>
    list.map((payload, i) => ({
      name: `${name} ${i + 1}`,
      event: name,
      payload: payload as Record<string, any>,
    })),
);
const first = (event: string, action?: string) =>
  published.find(
    one => one.event === event && (!action || one.payload.action === action),
  )!;

deliverySourceContract(() => ({
  source,
  samples: (
    [
      ['workflow_run', 'completed', 'run'],
      ['workflow_job', 'completed', 'run'],
      ['deployment_status', 'created', 'deployment'],
      ['push', undefined, 'repository'],
      ['star', undefined, 'nothing'],
    ] as const
  ).map(([event, action, tells]) => ({
    name: event,
    request: sign(
      JSON.stringify(first(event, action).payload),
      event,
      `id-of-${event}`,
    ),
    tells,
  })),
  sign: body => sign(body, 'workflow_run', 'odd'),
}));

it('has all payloads that GitHub publishes to look at', () => {
  expect(published.length).toBeGreaterThanOrEqual(329);
});

it.each(published.map(one => [one.name, one] as const))(
  'takes the published payload %s, or says why not',
  async (name, { event, payload }) => {
    const request = sign(JSON.stringify(payload), event, name);
    const verified = source.verify(request)!;
    const delivery = {
      ...verified,
      headers: request.headers,
      body: request.body.toString(),
      receivedAt: '2026-06-01T12:00:00.000Z',
    };
    let reason: unknown;
    try {
      source.read(delivery);
    } catch (error) {
      reason = error;
    }
    expect(reason ?? new DeliveryError('refused', '', '')).toBeInstanceOf(
      DeliveryError,
    );
  },
);

describe('a webhook', () => {
  const read = (event: string, payload: object) => {
    const request = sign(JSON.stringify(payload), event, 'x');
    return source.read({
      ...source.verify(request)!,
      headers: request.headers,
      body: request.body.toString(),
      receivedAt: '2026-06-01T12:00:00.000Z',
    });
  };
  const { payload } = first('workflow_run', 'completed');

  it('of a run tells its pipeline, commit and times', () => {
    const run = payload.workflow_run;
    const [report] = read('workflow_run', payload).runs!;
    expect(report).toMatchObject({
      repository: {
        remote: payload.repository.html_url,
        key: String(payload.repository.id),
      },
      pipeline: { id: String(run.workflow_id), name: run.name },
      runId: String(run.id),
      commit: run.head_sha,
      event: run.event,
    });
  });

  it('of a change from a fork is not of the branch of the same name', () => {
    const { repository } = payload;
    const forked = {
      ...payload,
      workflow_run: {
        ...payload.workflow_run,
        head_branch: 'main',
        head_repository: { full_name: `stranger/${repository.name}` },
      },
    };
    expect(read('workflow_run', forked).runs![0].branch).toBe('stranger:main');
  });

  it.each([
    ['completed', 'timed_out', 'failed', 'timed_out'],
    ['completed', 'success', 'succeeded', undefined],
    ['completed', 'vaporised', 'unknown', 'vaporised'],
    ['dreaming', null, 'unknown', 'dreaming'],
  ])('with %s and %s is %s', (status, conclusion, state, hostState) => {
    const changed = {
      ...payload,
      workflow_run: { ...payload.workflow_run, status, conclusion },
    };
    const [report] = read('workflow_run', changed).runs!;
    expect([report.state, report.hostState]).toEqual([state, hostState]);
  });

  it('of a renamed repository says from where it moved', () => {
    const { payload: renamed } = first('repository', 'renamed');
    const { moved } = read('repository', {
      ...renamed,
      changes: { repository: { name: { from: 'Old-Name' } } },
    });
    const to: string = renamed.repository.html_url;
    expect(moved).toEqual({ from: to.replace(/[^/]+$/, 'Old-Name'), to });
  });

  it('about another host than that of its secret is refused', () => {
    const other = {
      ...payload,
      repository: {
        ...payload.repository,
        html_url: 'https://ghe.example.com/a/b',
      },
    };
    expect(() => read('workflow_run', other)).toThrow(/ghe\.example\.com/);
  });

  it('that came over the events service has the same meaning', () => {
    const metadata = {
      'x-github-event': 'workflow_run',
      'x-github-delivery': 'x',
    };
    const delivery = source.fromEvent({ payload, metadata })!;
    expect(delivery).toMatchObject({ id: 'x', authority: 'github.com' });
    expect(source.fromEvent({ payload, metadata: {} })).toBeUndefined();
  });
});

describe('a webhook of a repository', () => {
  const { payload } = first('pull_request', 'opened');
  const read = (event: string, body: object) =>
    source.read({
      ...{ id: 'x', event, authority: 'github.com', headers: {} },
      body: JSON.stringify(body),
      receivedAt: '2026-06-01T12:00:00.000Z',
    });
  const again = { repositories: [payload.repository.html_url] };

  it.each([
    ...['push', 'create', 'delete', 'branch_protection_rule'],
    'repository_ruleset',
  ])('has it read again after %s', event => {
    expect(read(event, payload)).toEqual(again);
  });

  it.each(['opened', 'closed', 'reopened'])(
    'has it read again when a pull request was %s',
    action => {
      expect(read('pull_request', { ...payload, action })).toEqual(again);
    },
  );

  it('is of no interest when a pull request was labelled', () => {
    const { ignored } = read('pull_request', { ...payload, action: 'labeled' });
    expect(ignored).toContain('labeled');
  });
});

it('two hosts are told apart by their secrets', () => {
  const integration = {
    host: 'ghe.example.com',
    apiBaseUrl: 'https://x/api/v3',
  };
  const both = sourceOf(
    [
      { host: 'github.com', webhookSecret: SECRET },
      { host: 'GHE.example.com', webhookSecret: 'another' },
    ],
    [integration],
  );
  const request = sign('{}', 'push', 'x');
  const other = createHmac('sha256', 'another').update('{}').digest('hex');
  expect(both.verify(request)?.authority).toBe('github.com');
  const headers = {
    ...request.headers,
    'x-hub-signature-256': `sha256=${other}`,
  };
  const theirs = both.verify({ ...request, headers });
  expect(theirs?.authority).toBe('ghe.example.com');
});

it.each([
  [
    [{ host: 'github.com' }, { host: 'GitHub.com' }],
    /hosts\[1\]\.host.*'github\.com' is there twice/,
  ],
  [
    [
      { host: 'github.com', webhookSecret: 'the same' },
      { host: 'ghe.example.com', webhookSecret: 'the same' },
    ],
    /hosts\[1\]\.webhookSecret.*has the secret of 'github\.com'/,
  ],
  [
    [{ host: 'github.com', organizations: ['a/b'] }],
    /hosts\[0\]\.organizations\[0\]'.*"a\/b"/,
  ],
  [[{ host: 'github.com', organizations: 7 }], /organizations\[0\]': 7 is not/],
])('config of %j stops the start', (hosts, message) => {
  const ghe = { host: 'ghe.example.com', apiBaseUrl: 'https://x/api/v3' };
  expect(() => sourceOf(hosts, [ghe])).toThrow(message);
  expect(() => sourceOf(hosts, [ghe])).not.toThrow(/the same/);
});

it('a host that has no integration stops the start', () => {
  expect(() => sourceOf([{ host: 'ghe.example.com' }])).toThrow(
    /fettle\.github\.hosts\[0\]\.host.*integrations\.github/,
  );
});

it('without a secret says what is missing', () => {
  expect(sourceOf([{ host: 'github.com' }]).problem?.action).toContain(
    'webhookSecret',
  );
});
