import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleReleaseSourcesExtensionPoint,
  type ReleaseSource,
} from 'backstage-plugin-fettle-node';
import { ConfigReader } from '@backstage/config';
import fettleModuleRegistries from '.';
import { readRegistriesConfig } from './config/readRegistriesConfig';

async function start(registries?: object) {
  const sources: ReleaseSource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleReleaseSourcesExtensionPoint,
        { addReleaseSource: (...added) => sources.push(...added) },
      ],
    ],
    features: [
      fettleModuleRegistries,
      mockServices.rootConfig.factory({
        data: { fettle: registries ? { registries: { ...registries } } : {} },
      }),
    ],
  });
  await backend.stop();
  return sources.map(({ id }) => id);
}

const read = (registries: object) =>
  readRegistriesConfig(
    new ConfigReader({ fettle: { registries: { ...registries } } }),
  ).map(({ kind, ...settings }) => ({ id: kind.id, ...settings }));

it('asks no registry but those that are enabled', async () => {
  expect(await start()).toEqual([]);
  const url = 'https://registry.example.com';
  expect(
    await start({
      npm: { enabled: true },
      pypi: { enabled: false },
      go: { baseUrl: url },
    }),
  ).toEqual(['npm']);
});

it('knows where each is, and with which credentials', () => {
  expect(
    read({
      npm: { enabled: true },
      crates: { enabled: true, baseUrl: 'https://x.org/i/', token: ' t ' },
      pypi: { enabled: true, baseUrl: 'http://127.0.0.1:8080/p', token: 't' },
      maven: { enabled: true, username: 'ada', token: 't' },
    }),
  ).toEqual([
    { id: 'npm', baseUrl: 'https://registry.npmjs.org' },
    {
      ...{ id: 'pypi', baseUrl: 'http://127.0.0.1:8080/p' },
      authorization: 'Bearer t',
    },
    {
      ...{ id: 'maven', baseUrl: 'https://repo.maven.apache.org/maven2' },
      authorization: `Basic ${Buffer.from('ada:t').toString('base64')}`,
    },
    { id: 'crates', baseUrl: 'https://x.org/i', authorization: 't' },
  ]);
});

it.each<[object, RegExp]>([
  [{ npn: { enabled: true } }, /registries\.npn'.*npm, pypi/],
  [
    { npm: { enabled: true, baseUrl: 'http://x.org' } },
    /npm\.baseUrl'.*'http:\/\/x\.org'.*https/,
  ],
  [{ go: { enabled: true, baseUrl: 'https://a:pw@x.org' } }, /'https:\/\/…@x/],
  [{ go: { enabled: true, baseUrl: 'x.org' } }, /go\.baseUrl'.*'x\.org'/],
  [{ npm: { enabled: true, username: 'ada' } }, /npm\.username'.*'ada'/],
])('config of %j stops the start', (registries, message) => {
  expect(() => read(registries)).toThrow(message);
});
