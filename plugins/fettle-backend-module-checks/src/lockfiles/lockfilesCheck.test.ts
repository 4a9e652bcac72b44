import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { lockfilesCheck } from './lockfilesCheck';
import { lockfilesFactCollector } from './lockfilesFact';

const DEPS = '"dependencies": {"a": "1"}';
const APP = `{"private": true, ${DEPS}}`;
const LIB = `{"name": "x", "version": "1.0.0", ${DEPS}}`;
const CRATE = '[package]\nname = "x"\n[dependencies]\na = "1"\n';
const verdict = (files: object, parameters = {}) =>
  judge(lockfilesFactCollector, lockfilesCheck, files as any, { parameters });

factCollectorContract(lockfilesFactCollector, {
  inputs: [
    factInput(
      Object.fromEntries(
        Array.from({ length: 600 }, (_, i) => [`p${i}/package.json`, APP]),
      ),
    ),
  ],
});
const NONE = { items: [], count: 0, restIgnored: true };
checkContract(lockfilesCheck, {
  facts: [
    { lockfiles: { locked: NONE, unlocked: NONE, unread: NONE } },
    {
      lockfiles: {
        locked: NONE,
        unlocked: NONE,
        unread: {
          items: [{ path: 'package.json', message: 'x' }],
          count: 1,
          restIgnored: true,
        },
      },
    },
  ],
});

describe('a manifest of each kind', () => {
  it.each([
    ['package.json', APP, 'package-lock.json', 'fail'],
    ['package.json', APP, 'yarn.lock', 'fail'],
    ['package.json', APP, 'pnpm-lock.yaml', 'fail'],
    ['package.json', APP, 'bun.lock', 'fail'],
    ['package.json', LIB, 'npm-shrinkwrap.json', 'warn'],
    ['Cargo.toml', `${CRATE}[[bin]]\nname = "x"\n`, 'Cargo.lock', 'fail'],
    ['Cargo.toml', CRATE, 'Cargo.lock', 'warn'],
    [
      'pyproject.toml',
      '[project]\nname = "x"\ndependencies = ["a"]\n',
      'uv.lock',
      'fail',
    ],
    [
      'pyproject.toml',
      '[build-system]\nrequires = []\n[project]\nname = "x"\ndependencies = ["a"]\n',
      'pylock.toml',
      'warn',
    ],
    [
      'pyproject.toml',
      '[tool.poetry.dependencies]\npython = "^3"\na = "1"\n',
      'poetry.lock',
      'fail',
    ],
    ['Pipfile', '[packages]\na = "*"\n', 'Pipfile.lock', 'fail'],
    [
      'go.mod',
      'module x\n\nrequire (\n\tgithub.com/a/b v1.0.0 // indirect\n)\n',
      'go.sum',
      'fail',
    ],
    ['Gemfile', "source 'x'\ngem 'rails'\n", 'Gemfile.lock', 'fail'],
    ['Gemfile', "source 'x'\ngemspec\n", 'Gemfile.lock', 'warn'],
    [
      'composer.json',
      '{"type": "project", "require": {"php": ">=8", "a/b": "1"}}',
      'composer.lock',
      'fail',
    ],
    ['composer.json', '{"require": {"a/b": "1"}}', 'composer.lock', 'warn'],
    ['mix.exs', 'defp deps do\n[{:plug, "~> 1.0"}]\nend', 'mix.lock', 'fail'],
    [
      'pubspec.yaml',
      'publish_to: none\ndependencies:\n  a: ^1.0.0\n',
      'pubspec.lock',
      'fail',
    ],
    ['flake.nix', '{\n  inputs.nixpkgs.url = "x";\n}', 'flake.lock', 'fail'],
  ])('%s: without %#', async (manifest, text, lockfile, status) => {
    const files = { [manifest]: text };
    expect((await verdict(files)).status).toBe(status);
    expect((await verdict({ ...files, [lockfile]: 'x' })).status).toBe('pass');
  });

  it.each([
    ['package.json', '{"name": "x", "peerDependencies": {"a": "1"}}'],
    ['Cargo.toml', '[package]\nname = "x"\n'],
    ['pyproject.toml', '[tool.black]\nline-length = 88\n'],
    ['go.mod', 'module x\n\ngo 1.24\n'],
    ['go.mod', 'module x\nrequire y v0.0.0\nreplace y => ../y\n'],
    ['composer.json', '{"require": {"php": ">=8", "ext-json": "*"}}'],
    ['pubspec.yaml', 'dependencies:\n  flutter:\n    sdk: flutter\n'],
    ['requirements.txt', 'a==1\n'],
    ['x.csproj', '<Project/>'],
    ['package.json.hbs', APP],
    ['node_modules/a/package.json', APP],
    ['tests/fixtures/a/package.json', APP],
    ['internal/testdata/go.mod', 'module x\nrequire a v1.0.0\n'],
    ['examples/blog/package.json', APP],
    ['packages/create/template-react/package.json', APP],
  ])('%s: none is needed', async (manifest, text) => {
    expect((await verdict({ [manifest]: text })).status).toBe('not-applicable');
  });
});

describe('workspaces', () => {
  const root = (extra: string) => ({
    'package.json': `{"private": true, ${extra}}`,
    'packages/a/package.json': APP,
  });
  it.each([
    [
      'npm, as a list',
      { ...root('"workspaces": ["packages/*"]'), 'package-lock.json': '' },
    ],
    [
      'Yarn, as an object',
      {
        ...root('"workspaces": {"packages": ["./packages/**"]}'),
        'yarn.lock': '',
      },
    ],
    [
      'pnpm',
      {
        ...root('"x": 1'),
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
        'pnpm-lock.yaml': '',
      },
    ],
    [
      'Rush',
      {
        'rush.json':
          '{ // all\n "projects": [{"projectFolder": "packages/a"}]}',
        'packages/a/package.json': APP,
        'common/config/rush/pnpm-lock.yaml': '',
      },
    ],
    [
      'Cargo',
      {
        'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
        'crates/a/Cargo.toml': CRATE,
        'Cargo.lock': '',
      },
    ],
    [
      'uv',
      {
        'pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
        'libs/a/pyproject.toml': '[project]\ndependencies = ["a"]\n',
        'uv.lock': '',
      },
    ],
    [
      'Mix umbrella',
      {
        'mix.exs': 'apps_path: "apps"',
        'apps/a/mix.exs': 'lockfile: "../../mix.lock",\n{:plug, "~> 1"}',
        'mix.lock': '',
      },
    ],
    [
      'Pub',
      {
        'pubspec.yaml': 'workspace: [a]',
        'a/pubspec.yaml': 'resolution: workspace\ndependencies:\n  b: ^1\n',
        'pubspec.lock': '',
      },
    ],
    [
      'Go',
      {
        'go.work': 'go 1.24\nuse (\n\t./a\n)\n',
        'a/go.mod': 'module a\nrequire b v1.0.0\n',
        'go.work.sum': '',
      },
    ],
  ])('%s: the lockfile at the root holds for members', async (_, files) => {
    const { status, message } = await verdict(files);
    expect({ status, message }).toMatchObject({ status: 'pass' });
    const without = Object.fromEntries(
      Object.entries(files).filter(([p]) => !/lock|sum/.test(p)),
    );
    expect(['fail', 'warn']).toContain((await verdict(without)).status);
  });

  it.each([
    [
      'a folder that is no member',
      { ...root('"workspaces": ["apps/*"]'), 'package-lock.json': '' },
    ],
    [
      'a folder that is excluded',
      {
        ...root('"workspaces": ["packages/*", "!packages/a"]'),
        'package-lock.json': '',
      },
    ],
    [
      'a folder below one without workspaces',
      {
        'package.json': APP,
        'package-lock.json': '',
        'packages/a/package.json': APP,
      },
    ],
  ])('%s needs its own', async (_, files) => {
    const { status, evidence } = await verdict(files);
    expect(status).toBe('fail');
    expect(evidence?.map(e => e.path)).toEqual(['packages/a/package.json']);
  });

  it('names the root once, not each member', async () => {
    const { message, evidence } = await verdict({
      ...root('"workspaces": ["packages/*"]'),
      'packages/b/package.json': APP,
    });
    expect(message).toBe('1 manifest without a lockfile: package.json.');
    expect(evidence?.[0].message).toBe(
      'npm application with 2 members without a lockfile.',
    );
  });
});

describe('what cannot be told', () => {
  it('is unknown where a manifest does not parse', async () => {
    const { status, message } = await verdict({ 'package.json': '{{name}}' });
    expect(status).toBe('unknown');
    expect(message).toBe('1 manifest could not be judged: package.json.');
  });

  it('does not hide a product behind many samples', async () => {
    const samples = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [
        `examples/e${i}/package.json`,
        APP,
      ]),
    );
    const files = { ...samples, 'package.json': APP, 'yarn.lock': '' };
    expect((await verdict(files)).status).toBe('pass');
    expect((await verdict({ ...files, 'web/package.json': APP })).status).toBe(
      'fail',
    );
    const ignore = ['examples/e1*/**'];
    expect((await verdict(files, { ignore })).status).toBe('fail');
    expect((await verdict(files, { ignore: ['examples/**'] })).status).toBe(
      'unknown',
    );
  });
});

describe('a folder of a monorepo', () => {
  const files = {
    'package.json': `{"private": true, "workspaces": ["packages/*"]}`,
    'package-lock.json': '{}',
    'packages/a/package.json': APP,
    'services/api/package.json': APP,
    'services/api/package-lock.json': '{}',
    'services/worker/package.json': APP,
  };
  const of = (subpath: string) =>
    judge(lockfilesFactCollector, lockfilesCheck, files, {
      input: { subpath },
    });

  it.each([
    ['', 'fail'],
    ['packages/a', 'pass'],
    ['services/api', 'pass'],
    ['services/worker', 'fail'],
    ['services/work', 'not-applicable'],
  ])('%p is judged by its own manifests: %s', async (subpath, status) => {
    expect((await of(subpath)).status).toBe(status);
  });

  it('names places from the root of the repository', async () => {
    expect((await of('services/worker')).evidence).toMatchObject([
      { path: 'services/worker/package.json' },
    ]);
  });
});

it('treats libraries as config says', async () => {
  const files = { 'package.json': LIB };
  expect((await verdict(files, { libraries: 'fail' })).status).toBe('fail');
  expect((await verdict(files, { libraries: 'ignore' })).status).toBe(
    'not-applicable',
  );
});

it('never gets better by a lost lockfile or one more manifest', async () => {
  const file = fc.constantFrom(
    'package.json',
    'yarn.lock',
    'a/package.json',
    'a/yarn.lock',
    'b/Cargo.toml',
    'b/Cargo.lock',
  );
  const text: Record<string, string> = {
    'package.json': LIB,
    'a/package.json': APP,
    'b/Cargo.toml': CRATE,
  };
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(file), async paths => {
      const files = Object.fromEntries(paths.map(p => [p, text[p] ?? '']));
      const before = goodness(await verdict(files));
      for (const path of paths.filter(p => p.includes('lock'))) {
        const { [path]: _, ...fewer } = files;
        expect(goodness(await verdict(fewer))).toBeLessThanOrEqual(before);
      }
      const more = { ...files, 'new/package.json': APP };
      expect(goodness(await verdict(more))).toBeLessThanOrEqual(before);
    }),
    { numRuns: 40 },
  );
});
