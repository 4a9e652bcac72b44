import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  fettlePlaybookStepsExtensionPoint,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import fettleModulePlaybooks from '.';
import { readStepsConfig } from './config/readStepsConfig';

it('adds every built-in step', async () => {
  const added: PlaybookStep[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettlePlaybookStepsExtensionPoint,
        { addPlaybookStep: (...steps) => added.push(...steps) },
      ],
    ],
    features: [
      fettleModulePlaybooks,
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
  await backend.stop();
  expect(added.map(({ id }) => id).sort()).toEqual([
    ...['add-files', 'call-mcp-tool', 'call-webhook', 'close-issue'],
    ...['delete-branches', 'narrow-permissions', 'open-issue', 'pin-actions'],
    ...['pin-images', 'request-review', 'rerun-failed', 'restore-settings'],
    ...['revert-commit', 'run-template', 'update-dependency'],
    'wait-for-person',
  ]);
});

const read = (fettle: object) =>
  readStepsConfig(new ConfigReader({ fettle: { ...fettle } }));

it('asks nobody but whom config names', () => {
  const nobody = read({
    steps: { updateDependency: { registries: { npm: {} } } },
  });
  expect(nobody.dependencies.registries.size).toBe(0);
  expect(nobody.actionHosts).toEqual([]);
  const { dependencies, imageRegistries } = read({
    steps: {
      updateDependency: {
        registries: {
          npm: {
            enabled: true,
            scopes: [{ scope: '@acme', baseUrl: 'https://npm.acme.test/' }],
          },
        },
        timeout: '30s',
      },
      pinImages: { registries: [{ host: 'docker.io' }, { host: 'ghcr.io' }] },
    },
  });
  expect(dependencies.timeoutMs).toBe(30_000);
  expect(dependencies.registries.get('npm')).toMatchObject({
    baseUrl: 'https://registry.npmjs.org',
    scopes: new Map([
      ['@acme', expect.objectContaining({ baseUrl: 'https://npm.acme.test' })],
    ]),
  });
  expect([...imageRegistries].map(([, { baseUrl }]) => baseUrl)).toEqual([
    ...['https://registry-1.docker.io', 'https://ghcr.io'],
  ]);
});

it.each<[object, RegExp]>([
  [{ webhooks: { a: { url: 'http://x.test' } } }, /webhooks\.a\.url'.*https/],
  [
    { mcpServers: { a: { url: 'https://x.test', tools: [] } } },
    /mcpServers\.a\.tools'/,
  ],
  [
    { steps: { updateDependency: { registries: { npn: {} } } } },
    /registries\.npn'.*npm, pypi/,
  ],
  [
    { steps: { pinActions: { hosts: [{ baseUrl: 'https://a:b@x.test' }] } } },
    /hosts\[0\].*'https:\/\/…@x/,
  ],
])('config of %j stops the start', (config, message) => {
  expect(() => read(config)).toThrow(message);
});
