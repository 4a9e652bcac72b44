import { createHmac } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import type {
  WebhookDeploymentEventSchema,
  WebhookJobEventSchema,
  WebhookPipelineEventSchema,
} from '@gitbeaker/core';
import type { DeliveryRequest } from 'backstage-plugin-fettle-node';
import { deliverySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { readGitlabConfig } from '../config/readGitlabConfig';
import { GitlabDeliverySource } from './GitlabDeliverySource';

const WEBHOOK_TOKEN = 'a token of the tests';
const KEY = Buffer.from('k'.repeat(32));
const REMOTE = 'https://gitlab.example.com/acme/pay/ledger';
const project = {
  ...{ id: 7, name: 'ledger', web_url: REMOTE },
  path_with_namespace: 'acme/pay/ledger',
};

function sourceOf(hosts: object[]) {
  const gitlab = [
    ['gitlab.example.com', 'https://gitlab.example.com'],
    ['signed.example.com', 'https://signed.example.com'],
  ].map(([host, url]) => ({ host, apiBaseUrl: `${url}/api/v4` }));
  const config = { integrations: { gitlab }, fettle: { gitlab: { hosts } } };
  return new GitlabDeliverySource(readGitlabConfig(new ConfigReader(config)));
}

const source = sourceOf([
  { host: 'gitlab.example.com', webhookToken: WEBHOOK_TOKEN },
  {
    ...{ host: 'signed.example.com', webhookToken: 'ignored, as it signs' },
    signingToken: `whsec_${KEY.toString('base64')}`,
  },
]);

function deliver(body: string, event: string, id: string): DeliveryRequest {
  return {
    headers: {
      'x-gitlab-token': WEBHOOK_TOKEN,
      ...{ 'x-gitlab-event': event, 'idempotency-key': id },
      'x-gitlab-event-uuid': 'of several deliveries',
    },
    body: Buffer.from(body),
  };
}

type Given<T extends { object_kind: string }> = Partial<
  Omit<T, 'object_attributes' | 'commit' | 'project' | 'builds' | 'runner'>
> & { object_kind: T['object_kind'] } & Record<string, unknown>;

const build = {
  ...{ id: 380, stage: 'test', name: 'test', status: 'failed' },
  created_at: '2026-06-01 12:00:00 UTC',
  started_at: '2026-06-01 12:01:00 UTC',
  finished_at: '2026-06-01 12:04:00 UTC',
  runner: { description: 'runner-1' },
};
const pipeline: Given<WebhookPipelineEventSchema> = {
  object_kind: 'pipeline',
  object_attributes: {
    ...{ id: 17, iid: 7, name: null, ref: 'main', tag: false },
    ...{ sha: 'a'.repeat(40), before_sha: '0'.repeat(40), source: 'push' },
    ...{ status: 'failed', detailed_status: 'failed', stages: ['test'] },
    created_at: '2026-06-01 12:00:00 UTC',
    finished_at: '2026-06-01 12:05:00 UTC',
    url: `${REMOTE}/-/pipelines/17`,
  },
  merge_request: null,
  user: { username: 'ada' } as never,
  project,
  commit: {
    message: 'Fix it\n\nReally.',
    timestamp: '2026-06-01T13:59:00+02:00',
  },
  builds: [build],
};
const job: Given<WebhookJobEventSchema> = {
  ...{ object_kind: 'build', ref: 'main', tag: false, project },
  ...{ build_id: 380, build_name: 'test', build_status: 'running' },
  build_created_at: '2026-06-01T12:00:00.250Z',
  build_started_at: '2026-06-01T12:01:00.500Z',
  build_finished_at: null,
  ...{ pipeline_id: 17, runner: { description: 'runner-1' } },
};
const deployment: Given<WebhookDeploymentEventSchema> = {
  ...{ object_kind: 'deployment', status: 'success', project },
  status_changed_at: '2026-06-01 14:07:00 +0200',
  ...{ deployment_id: 41, deployable_url: `${REMOTE}/-/jobs/381` },
  ...{ environment: 'live', environment_tier: 'production' },
  ...{
    short_sha: 'aaaaaaaa',
    commit_url: `${REMOTE}/-/commit/${'a'.repeat(40)}`,
  },
};

const payloads: [
  string,
  object,
  'run' | 'deployment' | 'repository' | 'nothing',
][] = [
  ['Pipeline Hook', pipeline, 'run'],
  ['Job Hook', job, 'run'],
  ['Deployment Hook', deployment, 'deployment'],
  [
    'Push Hook',
    { object_kind: 'push', event_name: 'push', ref: 'refs/heads/x', project },
    'repository',
  ],
  ['Tag Push Hook', { object_kind: 'tag_push', project }, 'repository'],
  [
    'Merge Request Hook',
    {
      object_kind: 'merge_request',
      ...{ project, object_attributes: { action: 'open' } },
    },
    'repository',
  ],
  ['Note Hook', { object_kind: 'note', project }, 'nothing'],
  [
    'System Hook',
    {
      event_name: 'project_rename',
      path_with_namespace: 'acme/new',
      old_path_with_namespace: 'acme/old',
    },
    'repository',
  ],
];

deliverySourceContract(() => ({
  source,
  samples: payloads.map(([event, payload, tells]) => ({
    name: `a ${event}`,
    request: deliver(JSON.stringify(payload), event, `id of ${event}`),
    tells,
  })),
  sign: body => deliver(body, 'Pipeline Hook', 'odd'),
}));

function read(payload: object, authority = 'gitlab.example.com') {
  return source.read({
    ...{ id: 'x', event: 'Pipeline Hook', authority, headers: {} },
    body: JSON.stringify(payload),
    receivedAt: '2026-06-01T12:00:00.000Z',
  });
}

it('tells a pipeline with its jobs, under the address by which the portal knows the repository', () => {
  expect(read(pipeline).runs).toEqual([
    {
      repository: { remote: REMOTE, key: '7' },
      pipeline: { id: 'pipeline', name: 'Pipeline' },
      ...{ runId: '17', attempt: 1, number: '7', mayReopen: true },
      ...{ at: '2026-06-01T12:05:00.999Z', state: 'failed' },
      ...{ title: 'Fix it', branch: 'main', commit: 'a'.repeat(40) },
      ...{ commitSubject: 'Fix it', actor: 'ada', event: 'push' },
      committedAt: '2026-06-01T11:59:00.000Z',
      queuedAt: '2026-06-01T12:00:00.000Z',
      startedAt: '2026-06-01T12:01:00.000Z',
      finishedAt: '2026-06-01T12:05:00.000Z',
      webUrl: `${REMOTE}/-/pipelines/17`,
      jobs: [
        {
          ...{ id: '380', name: 'test', state: 'failed', hasLog: true },
          at: '2026-06-01T12:04:00.999Z',
          queuedAt: '2026-06-01T12:00:00.000Z',
          startedAt: '2026-06-01T12:01:00.000Z',
          finishedAt: '2026-06-01T12:04:00.000Z',
          ...{ runner: 'runner-1', webUrl: `${REMOTE}/-/jobs/380` },
        },
      ],
    },
  ]);
});

it('takes a pipeline that goes on with a job that is tried again for newer than its end', () => {
  const again = {
    ...{ ...build, id: 390, status: 'running', finished_at: null },
    created_at: '2026-06-01 12:30:00 UTC',
    started_at: '2026-06-01 12:31:00 UTC',
  };
  const later = read({
    ...pipeline,
    object_attributes: {
      ...(pipeline.object_attributes as object),
      status: 'running',
    },
    builds: [again],
  });
  expect(later.runs?.[0]).toMatchObject({
    ...{ state: 'running', at: '2026-06-01T12:31:00.999Z', mayReopen: true },
    finishedAt: undefined,
  });
});

it('tells merge requests, tags and child pipelines from branches', () => {
  const given = (own: object, rest: object = {}) =>
    read({
      ...{ ...pipeline, ...rest },
      object_attributes: { ...(pipeline.object_attributes as object), ...own },
    }).runs?.[0];
  expect(given({ tag: true, ref: 'v1' })?.branch).toBeUndefined();
  const request = { merge_request: { iid: 5 } };
  expect(given({ source: 'merge_request_event' }, request)?.branch).toBe('!5');
  const child = { id: 'child', name: 'Child pipelines' };
  expect(given({ source: 'parent_pipeline' })?.pipeline).toEqual(child);
  const parent = { source_pipeline: { project: { id: 7 } } };
  expect(read({ ...job, ...parent }).runs?.[0].pipeline).toEqual(child);
});

it('tells a deployment with its environment, and nothing of one that was cancelled', () => {
  expect(read(deployment).deployments).toEqual([
    {
      repository: { remote: REMOTE, key: '7' },
      ...{ id: '41', environment: 'live', production: true },
      ...{ state: 'succeeded', commit: 'a'.repeat(40) },
      at: '2026-06-01T12:07:00.999Z',
      finishedAt: '2026-06-01T12:07:00.000Z',
      webUrl: `${REMOTE}/-/jobs/381`,
    },
  ]);
  expect(read({ ...deployment, status: 'canceled' })).toEqual({
    ignored: expect.stringContaining('canceled'),
  });
});

it('says where a repository has moved', () => {
  const [, renamed] = payloads.at(-1)!;
  expect(read(renamed)).toEqual({
    repositories: ['https://gitlab.example.com/acme/new'],
    moved: {
      from: 'https://gitlab.example.com/acme/old',
      to: 'https://gitlab.example.com/acme/new',
    },
  });
});

it('refuses what is about another host than that of its token', () => {
  const other = { ...project, web_url: 'https://gitlab.com/acme/pay/ledger' };
  expect(() => read({ ...pipeline, project: other })).toThrow(
    expect.objectContaining({ code: 'refused' }),
  );
  expect(() => read(pipeline, 'gone.example.com')).toThrow(
    expect.objectContaining({ code: 'refused' }),
  );
});

it('does not understand what GitLab does not send, and says what is odd', () => {
  expect(() => read({ object_kind: 'pipeline', project })).toThrow(
    expect.objectContaining({
      ...{ code: 'not-understood' },
      message: expect.stringContaining('object_attributes'),
    }),
  );
});

describe('a host that signs', () => {
  const signed = (body: string, given: object = {}): DeliveryRequest => {
    const hash = createHmac('sha256', KEY)
      .update(`one.1780315200.${body}`)
      .digest('base64');
    return {
      headers: {
        ...{ 'webhook-id': 'one', 'webhook-timestamp': '1780315200' },
        'webhook-signature': `v1,${hash}`,
        ...{ 'idempotency-key': 'one', 'x-gitlab-event': 'Push Hook' },
        ...given,
      },
      body: Buffer.from(body),
    };
  };

  it('is taken by its signature', () => {
    expect(source.verify(signed('{}'))).toEqual({
      ...{ id: 'one', event: 'Push Hook', authority: 'signed.example.com' },
    });
  });

  it.each<[string, object]>([
    ['another body', { 'webhook-signature': 'v1,AAAA' }],
    ['another time', { 'webhook-timestamp': '1780315201' }],
    ['another id', { 'idempotency-key': 'two' }],
    ['no signature', { 'webhook-signature': '' }],
  ])('is not taken with %s, whatever its token', (_, given) => {
    const token = { 'x-gitlab-token': 'ignored, as it signs' };
    expect(source.verify(signed('{}', { ...given, ...token }))).toBeUndefined();
  });
});

it('takes the same body for the same delivery where there is no id', () => {
  const { headers, body } = deliver('{}', 'Push Hook', '');
  const bare = { headers, body };
  const id = source.verify(bare) as { id: string };
  expect(id.id).toMatch(/^sha256-[0-9a-f]{64}$/);
  expect(source.verify(bare)).toEqual(id);
});

it('says that no delivery can be taken without a token', () => {
  expect(sourceOf([{ host: 'gitlab.example.com' }]).problem).toEqual({
    message: expect.any(String),
    action: expect.stringContaining('webhookToken'),
  });
});
