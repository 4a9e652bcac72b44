import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planContext } from 'backstage-plugin-fettle-node/testUtils';
import { updateDependency } from '../../steps/updateDependency';
import { dependencyConfig } from '../../testing/dependencyConfig';
import { NpmRegistry } from '../../testing/NpmRegistry';
import { vulnerability } from '../../testing/problems';

jest.setTimeout(120_000);

const line = spawnSync('pnpm', ['--version'], {
  cwd: tmpdir(),
}).stdout?.toString();
const withPnpm = /^(9|[1-9]\d)\./.test(line ?? '') ? describe : describe.skip;

let registry: NpmRegistry;

beforeAll(async () => {
  registry = await NpmRegistry.start();
  registry
    .publish('leaf', '1.0.0')
    .publish('leaf', '1.0.1')
    .publish('tree', '1.0.0', { dependencies: { leaf: '^1.0.0' } });
});
afterAll(() => registry.stop());

function plan(files: Record<string, string>, given = {}) {
  const config = dependencyConfig({ npm: registry.baseUrl }, given);
  const step = updateDependency(config);
  const problems = [
    vulnerability('npm', 'leaf', '1.0.1', { versions: ['1.0.0'] }),
  ];
  return step.plan(planContext(step.parameters.parse({}), files, { problems }));
}

const manifest = (dependencies: object, more: object = {}) =>
  `${JSON.stringify({ name: 'app', dependencies, ...more }, null, 2)}\n`;
const integrity = (name: string, version: string) =>
  registry.entry(name, version).integrity;
const lock = (asked: string, leaf: string) => `lockfileVersion: '9.0'

settings:
  autoInstallPeers: false
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      leaf:
        specifier: ${asked}
        version: ${leaf}
      tree:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  leaf@${leaf}:
    resolution: {integrity: ${integrity('leaf', leaf)}}

  tree@1.0.0:
    resolution: {integrity: ${integrity('tree', '1.0.0')}}

snapshots:

  leaf@${leaf}: {}

  tree@1.0.0:
    dependencies:
      leaf: ${leaf}
`;
const files = (asked: string) => ({
  'package.json': manifest({ leaf: asked, tree: '^1.0.0' }),
  'pnpm-lock.yaml': lock(asked, '1.0.0'),
});

withPnpm('with pnpm', () => {
  it('updates a package, and runs nothing that is in the repository', async () => {
    const proof = join(tmpdir(), `fettle-pnpm-${process.pid}`);
    const write = `require('fs').writeFileSync(${JSON.stringify(proof)}, '')`;
    const result = await plan({
      ...files('1.0.0'),
      '.npmrc': 'registry=http://127.0.0.1:9/\n',
      '.pnpmfile.cjs': write,
      'pnpm-workspace.yaml': 'packages: []\npnpmfile: evil.cjs\n',
      'evil.cjs': write,
    });
    expect(result).toMatchObject({ obstacles: [], unmended: [] });
    const [own, locked] = result.files!;
    expect(own.content).toBe(manifest({ leaf: '1.0.1', tree: '^1.0.0' }));
    // What another package brings along may stay at its own version.
    expect(locked.content).toContain(
      'specifier: 1.0.1\n        version: 1.0.1',
    );
    expect(locked.content).toContain('autoInstallPeers: false');
    expect(existsSync(proof)).toBe(false);
  });
});

it('says what stands in the way', async () => {
  const tools = new Map([['pnpm', '/nowhere/pnpm']]);
  const missing = await plan(files('1.0.0'), { tools });
  expect(missing.obstacles).toMatchObject([{ code: 'tool-missing' }]);
  const hooked = `${lock('1.0.0', '1.0.0')}\npnpmfileChecksum: abc\n`;
  const refused = await plan({ ...files('1.0.0'), 'pnpm-lock.yaml': hooked });
  expect(refused.obstacles).toContainEqual(
    expect.objectContaining({ code: 'not-supported' }),
  );
  const half = `<<<<<<< a\n${hooked}=======\n`;
  const broken = await plan({ ...files('1.0.0'), 'pnpm-lock.yaml': half });
  expect(broken.unmended).toMatchObject([
    { reason: expect.stringMatching(/no readable lockfile/) },
  ]);
});
