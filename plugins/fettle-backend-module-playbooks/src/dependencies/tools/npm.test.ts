import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import {
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import type { DependencyConfig } from '../../config/StepsConfig';
import { updateDependency } from '../../steps/updateDependency';
import { dependencyConfig } from '../../testing/dependencyConfig';
import { NpmRegistry } from '../../testing/NpmRegistry';
import { vulnerability } from '../../testing/problems';

// Real npm starts several times.
jest.setTimeout(120_000);

let registry: NpmRegistry;
const scratch = mkdtempSync(join(tmpdir(), 'fettle-npm-test-'));

beforeAll(async () => {
  registry = await NpmRegistry.start();
  registry
    .publish('leaf', '1.0.0')
    .publish('leaf', '1.0.1', { scripts: { preinstall: 'touch /tmp/never' } })
    .publish('leaf', '2.0.0')
    .publish('other', '1.0.0')
    .publish('other', '1.9.0')
    .publish('deep', '1.0.0')
    .publish('deep', '1.0.1')
    .publish('tree', '1.0.0', { dependencies: { deep: '^1.0.0' } })
    .publish('stiff', '1.0.0', { dependencies: { leaf: '1.0.0' } })
    .publish('late', '1.0.0')
    .publish('late', '1.1.0', { at: '2026-05-01T00:00:00.000Z' })
    .publish('late', '1.2.0', { at: '2026-05-31T00:00:00.000Z' });
});
afterAll(async () => {
  await registry.stop();
  rmSync(scratch, { recursive: true });
});

type Packages = Record<string, string>;

/** A repository whose lockfile says what its manifest asks for. */
function repository(asked: Packages, locked: Packages, more: object = {}) {
  const manifest = { name: 'app', version: '1.0.0', dependencies: asked };
  const packages = {
    '': manifest,
    ...Object.fromEntries(
      Object.entries(locked).map(([name, version]) => [
        `node_modules/${name}`,
        registry.entry(name, version),
      ]),
    ),
  };
  const lock = {
    ...{ name: 'app', version: '1.0.0', lockfileVersion: 3 },
    ...{ requires: true, packages },
  };
  return {
    'package.json': `${JSON.stringify({ ...manifest, ...more }, null, 4)}\n`,
    'package-lock.json': `${JSON.stringify(lock, null, 4)}\n`,
  };
}

async function plan(
  files: Record<string, string>,
  problems: StepProblem[],
  given: {
    parameters?: object;
    config?: Partial<DependencyConfig>;
    releases?: any;
  } = {},
) {
  const config = dependencyConfig({ npm: registry.baseUrl }, given.config);
  const step = updateDependency(config);
  const parameters = step.parameters.parse(given.parameters ?? {});
  const { releases } = given;
  return step.plan(planContext(parameters, files, { problems, releases }));
}

type Edits = readonly { path: string; content: string | null }[];

const packagesOf = (files: Edits) => {
  const lock = files.find(({ path }) => path.endsWith('package-lock.json'));
  return JSON.parse(lock!.content!).packages;
};
const locked = (files: readonly { path: string; content: string | null }[]) => {
  const lock = files.find(({ path }) => path.endsWith('package-lock.json'));
  const { packages } = JSON.parse(lock!.content!);
  return Object.fromEntries(
    Object.entries<{ version: string }>(packages).flatMap(([at, { version }]) =>
      at === '' ? [] : [[at.replace('node_modules/', ''), version]],
    ),
  );
};
const leaf = vulnerability('npm', 'leaf', '1.0.1', { versions: ['1.0.0'] });
const deep = vulnerability('npm', 'deep', '1.0.1', { versions: ['1.0.0'] });

describe('with npm', () => {
  it('updates what is vulnerable in the lockfile, asked for or brought along, and nothing else', async () => {
    const files = repository(
      { leaf: '^1.0.0', other: '^1.0.0', tree: '^1.0.0' },
      { leaf: '1.0.0', other: '1.0.0', tree: '1.0.0', deep: '1.0.0' },
    );
    const result = await plan(files, [leaf, deep]);
    expect(result).toMatchObject({ obstacles: [], unmended: [] });
    expect(result.files!.map(({ path }) => path)).toEqual([
      'package-lock.json',
    ]);
    // Not the newest, which is another major one; and `other` stays behind.
    expect(packagesOf(result.files!)).toEqual({
      ...JSON.parse(files['package-lock.json']).packages,
      'node_modules/leaf': {
        ...registry.entry('leaf', '1.0.1'),
        hasInstallScript: true,
      },
      'node_modules/deep': registry.entry('deep', '1.0.1'),
    });
    // In the way that it was written.
    expect(result.files![0].content).toMatch(/^\{\n {4}"name": "app",\n/);
    expect(result.notes).toEqual([
      ...['deep 1.0.0 → 1.0.1', 'leaf 1.0.0 → 1.0.1'],
    ]);
  });

  it('says who holds a package back', async () => {
    const held = repository(
      { stiff: '^1.0.0' },
      { stiff: '1.0.0', leaf: '1.0.0' },
    );
    expect(await plan(held, [leaf])).toMatchObject({
      files: [],
      unmended: [
        {
          key: leaf.key,
          reason: expect.stringMatching(/stiff@1\.0\.0 asks for 1\.0\.0/),
        },
      ],
    });
    const overruled = await plan(held, [leaf], {
      parameters: { overrides: true },
    });
    expect(overruled.unmended).toEqual([]);
    expect(locked(overruled.files!)).toEqual({ stiff: '1.0.0', leaf: '1.0.1' });
    expect(JSON.parse(overruled.files![0].content!).overrides).toEqual({
      leaf: '^1.0.1',
    });
  });

  it('waits with what mends nothing until it is out for a while', async () => {
    const files = repository(
      { late: '^1.0.0', other: '^1.0.0' },
      { late: '1.0.0', other: '1.0.0' },
    );
    const releases = async (_: string, name: string) =>
      name === 'other'
        ? undefined
        : [
            { version: '1.0.0', publishedAt: '2026-01-01T00:00:00.000Z' },
            { version: '1.1.0', publishedAt: '2026-05-01T00:00:00.000Z' },
            { version: '1.2.0', publishedAt: '2026-05-31T00:00:00.000Z' },
            { version: '1.3.0' },
          ];
    const all = await plan(files, [], {
      ...{ parameters: { allBehind: true }, releases },
    });
    expect(locked(all.files!)).toEqual({ late: '1.1.0', other: '1.0.0' });
    expect(all.notes!.join()).toMatch(/Nobody tells .* other/);
    const packages = [{ ecosystem: 'npm', name: 'late', version: '1.2.0' }];
    const fresh = await plan(files, [], { parameters: { packages }, releases });
    expect(fresh).toMatchObject({ files: [] });
    expect(fresh.notes!.join()).toMatch(/1\.2\.0 is not known/);
  });

  it('raises what a manifest asks for in its own writing, executes nothing of it, and uses none of its settings', async () => {
    const proof = join(scratch, 'executed');
    const touch = `touch ${proof}`;
    const hook = join(scratch, 'hook.sh');
    writeFileSync(hook, `#!/bin/sh\n${touch}\n`);
    chmodSync(hook, 0o755);
    const scripts = Object.fromEntries(
      ['preinstall', 'install', 'postinstall', 'prepare', 'dependencies'].map(
        name => [name, touch],
      ),
    );
    const files = repository(
      { leaf: '1.0.0' },
      { leaf: '1.0.0' },
      {
        ...{ scripts, packageManager: 'npm@1.0.0' },
      },
    );
    // As people write, who do not mind spaces.
    const odd = files['package.json'].replace('"leaf": "1', '"leaf" :   "1');
    const asked = registry.asked.length;
    const result = await plan(
      {
        ...files,
        'package.json': odd,
        '.npmrc': `registry=http://127.0.0.1:9/\nignore-scripts=false\nscript-shell=${hook}\nnode-options=--require ${hook}\ngit=${hook}\n`,
        '.pnpmfile.cjs': `require('fs').writeFileSync(${JSON.stringify(
          proof,
        )}, '')`,
      },
      [leaf],
    );
    expect(locked(result.files!)).toEqual({ leaf: '1.0.1' });
    expect(packagesOf(result.files!)[''].dependencies).toEqual({
      leaf: '1.0.1',
    });
    expect(result.files![0].content).toBe(
      odd.replace(':   "1.0.0"', ':   "1.0.1"'),
    );
    expect(registry.asked.length).toBeGreaterThan(asked);
    expect(existsSync(proof)).toBe(false);
    const git = repository(
      { leaf: '1.0.0', x: `git+file://${scratch}` },
      { leaf: '1.0.0' },
    );
    expect(await plan(git, [leaf])).toMatchObject({
      files: [],
      obstacles: [{ code: 'not-supported' }],
    });
  });

  it('gives its credentials to its registry, and lets nobody see them', async () => {
    const token = 'a-very-secret-token';
    const npmOf = { baseUrl: registry.baseUrl, token, scopes: new Map() };
    const config = { registries: new Map([['npm', npmOf]]) };
    const gone = vulnerability('npm', 'leaf', '1.0.7', { versions: ['1.0.0'] });
    const files = repository({ leaf: '1.0.0' }, { leaf: '1.0.0' });
    const result = await plan(files, [gone], { config });
    expect(registry.tokens).toContain(`Bearer ${token}`);
    expect(result).toMatchObject({ files: [], unmended: [{ key: gone.key }] });
    expect(result.unmended![0].reason).toMatch(/1\.0\.7/);
    expect(JSON.stringify(result)).not.toContain(token);
  });

  it('says what stands in the way', async () => {
    const files = repository({ leaf: '1.0.0' }, { leaf: '1.0.0' });
    const codes = async (of: Record<string, string>, config: object = {}) =>
      ((await plan(of, [leaf], { config })).obstacles ?? []).map(
        ({ code }) => code,
      );
    const tools = new Map([['npm', '/nowhere/npm']]);
    expect(await codes(files, { tools })).toEqual(['tool-missing']);
    expect(await codes(files, { registries: new Map() })).toContain(
      'registry-missing',
    );
    const elsewhere = files['package-lock.json'].replace(
      `${registry.baseUrl}/`,
      'https://npm.corp.example.com/',
    );
    expect(await codes({ ...files, 'package-lock.json': elsewhere })).toEqual([
      'registry-unknown',
    ]);
    const lock = files['package-lock.json'];
    const conflict = `<<<<<<< a\n${lock}=======\n${lock}>>>>>>> b\n`;
    expect(
      await plan({ ...files, 'package-lock.json': conflict }, [leaf]),
    ).toMatchObject({
      files: [],
      unmended: [
        { reason: expect.stringMatching(/merge that was not finished/) },
      ],
    });
  });

  it('ends a tool that hangs, with all that it started', async () => {
    const hanging = join(scratch, 'npm');
    const pid = join(scratch, 'pid');
    writeFileSync(
      hanging,
      `#!/bin/sh\n/bin/sleep 60 &\necho $! > ${pid}\necho $HOME >> ${pid}\nwait\n`,
    );
    chmodSync(hanging, 0o755);
    const files = repository({ leaf: '1.0.0' }, { leaf: '1.0.0' });
    const tools = new Map([['npm', hanging]]);
    const before = readdirSync(tmpdir()).filter(isOurs);
    await expect(
      plan(files, [leaf], { config: { tools, timeoutMs: 1_000 } }),
    ).rejects.toThrow(/took over 1 s/);
    expect(readdirSync(tmpdir()).filter(isOurs)).toEqual(before);
    const [child, home] = readFileSync(pid, 'utf8').split('\n');
    expect(isOurs(home.split('/').at(-2) ?? '')).toBe(true);
    // A zombie has ended, and only waits for whoever is to hear of it.
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', child]);
    expect(stdout.toString().trim()).toMatch(/^(Z.*)?$/);
  });

  it('takes odd names for names', async () => {
    const odd = vulnerability('npm', '__proto__', '2.0.0', {
      versions: ['1.0.0'],
    });
    const files = repository({ leaf: '1.0.0' }, { leaf: '1.0.0' });
    for (const path of Object.keys(files) as (keyof typeof files)[]) {
      files[path] = files[path].replaceAll('leaf', '__proto__');
    }
    const result = await plan(files, [odd]);
    expect(result.unmended).toMatchObject([{ key: odd.key }]);
    expect({}).not.toHaveProperty('version');
  });
});

describe('as a step', () => {
  playbookStepContract(updateDependency(dependencyConfig({}, {})), {
    sample: () => ({
      files: { 'requirements.txt': 'leaf==1.0.0\n' },
      context: { problems: [vulnerability('PyPI', 'leaf', '1.0.1')] },
    }),
  });
});

function isOurs(name: string): boolean {
  return name.startsWith('fettle-update-');
}
