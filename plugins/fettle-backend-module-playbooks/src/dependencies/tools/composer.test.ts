import { planContext } from 'backstage-plugin-fettle-node/testUtils';
import { updateDependency } from '../../steps/updateDependency';
import { dependencyConfig } from '../../testing/dependencyConfig';
import { FileServer } from '../../testing/FileServer';
import { vulnerability } from '../../testing/problems';
import { withProgram } from '../../testing/withProgram';

jest.setTimeout(120_000);

let server: FileServer;

const dist = { type: 'zip', url: 'https://x.test/a.zip', reference: 'a' };
const one = (name: string, version: string, require = {}) => ({
  ...{ name, version, type: 'library', dist, require },
});

beforeAll(async () => {
  server = await FileServer.start();
  // https://getcomposer.org/doc/05-repositories.md#packages
  const versions = (name: string, all: string[], require = {}) =>
    Object.fromEntries(
      all.map(version => [version, one(name, version, require)]),
    );
  server.put(
    '/packages.json',
    JSON.stringify({
      packages: {
        'acme/leaf': versions('acme/leaf', ['1.0.0', '1.0.1', '1.5.0']),
        'acme/other': versions('acme/other', ['1.0.0', '1.9.0']),
        'acme/stiff': versions('acme/stiff', ['1.0.0'], {
          'acme/leaf': '1.0.0',
        }),
      },
    }),
  );
});
afterAll(() => server.stop());

const json = (value: object) => `${JSON.stringify(value, null, 4)}\n`;

function repository(asked: Record<string, string>, more: object = {}) {
  const packages = [
    one('acme/leaf', '1.0.0'),
    one('acme/other', '1.0.0'),
    ...('acme/stiff' in asked
      ? [one('acme/stiff', '1.0.0', { 'acme/leaf': '1.0.0' })]
      : []),
  ];
  const hash = 'c'.repeat(32);
  return {
    'composer.json': json({ name: 'acme/app', require: asked, ...more }),
    'composer.lock': json({
      ...{ 'content-hash': hash, packages, 'packages-dev': [], aliases: [] },
      ...{ 'minimum-stability': 'stable', 'stability-flags': {} },
      ...{ 'prefer-stable': false, 'prefer-lowest': false, platform: {} },
      'platform-dev': {},
    }),
  };
}

function plan(files: Record<string, string>, given = {}) {
  const config = dependencyConfig({ packagist: server.baseUrl }, given);
  const step = updateDependency(config);
  const problems = [
    vulnerability('Packagist', 'acme/leaf', '1.0.1', { versions: ['1.0.0'] }),
  ];
  return step.plan(planContext(step.parameters.parse({}), files, { problems }));
}

const ASKED = { 'acme/leaf': '^1.0', 'acme/other': '^1.0' };

withProgram('composer', () => {
  it('updates a package, and leaves the others and what they execute', async () => {
    const scripts = { 'pre-update-cmd': 'touch /tmp/never' };
    const result = await plan(repository(ASKED, { scripts }));
    expect(result).toMatchObject({ obstacles: [], unmended: [] });
    expect(result.files!.map(({ path }) => path)).toEqual(['composer.lock']);
    const lock = JSON.parse(result.files![0].content!);
    expect(lock.packages).toMatchObject([
      { name: 'acme/leaf', version: '1.0.1' },
      { name: 'acme/other', version: '1.0.0' },
    ]);
    expect(lock['content-hash']).toBe('c'.repeat(32));
  });

  it('says what does not allow it', async () => {
    const result = await plan(repository({ ...ASKED, 'acme/stiff': '^1.0' }));
    expect(result).toMatchObject({
      files: [],
      unmended: [{ reason: expect.stringMatching(/acme\/leaf/) }],
    });
  });
});

it('says what stands in the way', async () => {
  const tools = new Map([['composer', '/nowhere/composer']]);
  const codes = async (more: object, given = {}) =>
    (
      (await plan(repository(ASKED, more), { tools, ...given })).obstacles ?? []
    ).map(({ code }) => code);
  expect(await codes({})).toEqual(['tool-missing']);
  expect(await codes({}, { registries: new Map() })).toContain(
    'registry-missing',
  );
  const repositories = [{ type: 'vcs', url: 'https://x.test/y' }];
  expect(await codes({ repositories })).toContain('not-supported');
});
