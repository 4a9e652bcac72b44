import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import examples from '@octokit/webhooks-examples';
import fettle from 'backstage-plugin-fettle-backend';
import fettleGithub from 'backstage-plugin-fettle-backend-module-github';
import {
  deliveryPageSchema,
  repositoryPageSchema,
  type DeliverySummary,
} from 'backstage-plugin-fettle-common';
import { createHmac } from 'node:crypto';
import type { AddressInfo } from 'node:net';

jest.setTimeout(180_000);

const SECRET = 'a secret of the tests';
/** Most of the published payloads are about it. */
const REPOSITORY = 'https://github.com/Codertocat/Hello-World';

const published = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload, i) => ({
    ...{ id: `${name} ${i + 1}`, event: name as string },
    body: JSON.stringify(payload),
  })),
);

let backend: TestBackend;
let url: string;

beforeAll(async () => {
  backend = await startTestBackend({
    features: [
      fettle,
      fettleGithub,
      mockServices.rootConfig.factory({
        data: {
          backend: { baseUrl: 'http://localhost:0' },
          // Nothing listens there: all that is known comes from deliveries.
          integrations: {
            github: [{ host: 'github.com', apiBaseUrl: 'http://127.0.0.1:9' }],
          },
          fettle: {
            github: {
              hosts: [{ host: 'github.com', webhookSecret: SECRET }],
            },
          },
        },
      }),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'hello-world',
              annotations: { 'fettle.dev/repository': REPOSITORY },
            },
          },
        ],
      }),
    ],
  });
  const { port } = backend.server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/api/fettle`;
  await until(async () => (await listRepositories()).length > 0);
});
afterAll(() => backend?.stop());

async function until(done: () => Promise<boolean>) {
  const end = Date.now() + 30_000;
  while (!(await done()) && Date.now() < end) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function get(path: string): Promise<unknown> {
  const headers = { authorization: mockCredentials.user.header() };
  const response = await fetch(`${url}${path}`, { headers });
  expect(response.status).toBe(200);
  return response.json();
}

async function listRepositories() {
  return repositoryPageSchema.parse(await get('/repositories')).items;
}

async function listDeliveries(query = ''): Promise<DeliverySummary[]> {
  const found: DeliverySummary[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = deliveryPageSchema.parse(
      await get(`/sources/deliveries?limit=200${query}${after}`),
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

async function deliver(
  { id, event, body }: (typeof published)[number],
  secret = SECRET,
): Promise<number> {
  const hash = createHmac('sha256', secret).update(body).digest('hex');
  const response = await fetch(`${url}/deliveries/github`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-delivery': id,
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${hash}`,
    },
    body,
  });
  await response.text();
  return response.status;
}

it('takes every payload that GitHub publishes, and each has its outcome', async () => {
  expect(published.length).toBeGreaterThanOrEqual(329);
  const statuses: Record<number, number> = {};
  for (const one of published) {
    const status = await deliver(one);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  expect(statuses).toEqual({ 202: published.length });
  for (const one of published.slice(0, 20)) {
    expect(await deliver(one)).toBe(200);
  }

  await until(
    async () => (await listDeliveries('&state=received')).length === 0,
  );
  const all = await listDeliveries();
  expect(all.map(({ deliveryId }) => deliveryId).sort()).toEqual(
    published.map(({ id }) => id).sort(),
  );
  for (const { deliveryId, state, reason, processedAt } of all) {
    const outcome = `${deliveryId}: ${state}: ${reason?.message ?? ''}`;
    expect(outcome).toMatch(/: (processed: |ignored: \w+)/);
    expect(processedAt).not.toBeNull();
  }
  const told = all.filter(({ state }) => state === 'processed');
  expect(new Set(told.map(({ event }) => event))).toEqual(
    new Set([
      ...['create', 'delete', 'deployment', 'deployment_status'],
      ...['pull_request', 'push', 'repository'],
      ...['workflow_job', 'workflow_run'],
    ]),
  );
});

it('takes none that is signed with another secret', async () => {
  const before = (await listDeliveries()).length;
  const [one] = published;
  expect(await deliver({ ...one, id: 'forged' }, 'another')).toBe(401);
  expect((await listDeliveries()).length).toBe(before);
});
