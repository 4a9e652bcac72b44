import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { outputCheck } from './outputCheck';
import { outputFactCollector } from './outputFact';

const filesAt = (...paths: string[]) =>
  Object.fromEntries(paths.map(path => [path, 'x']));
const verdict = (paths: string[], options?: object) =>
  judge(outputFactCollector, outputCheck, filesAt(...paths), options as any);

factCollectorContract(outputFactCollector, {
  inputs: [
    factInput(
      filesAt(
        ...Array.from(
          { length: 500 },
          (_, i) => `p${i}/node_modules/a/index.js`,
        ),
      ),
    ),
  ],
});
checkContract(outputCheck, {
  facts: [
    { output: { folders: { items: [], count: 0, restIgnored: true } } },
    { output: { folders: { items: [], count: 900, restIgnored: false } } },
  ],
});

describe('build output', () => {
  it.each([
    [['node_modules/a/index.js'], 'fail', 'node_modules'],
    [['web/node_modules/.bin/x'], 'fail', 'web/node_modules'],
    [['pkg/__pycache__/a.cpython-312.pyc'], 'fail', 'pkg/__pycache__'],
    [['pkg/a.pyc'], 'fail', 'pkg'],
    [['Main.class'], 'fail', 'Main.class'],
    [['src/a.o'], 'fail', 'src'],
    [['x.egg-info/PKG-INFO'], 'fail', 'x.egg-info'],
    [['Cargo.toml', 'target/debug/x.d'], 'fail', 'target'],
    [['Cargo.toml', 'target/CACHEDIR.TAG'], 'fail', 'target'],
    [['pom.xml', 'target/classes/A.class'], 'fail', 'target'],
    [['build.gradle.kts', 'build/libs/a.jar'], 'fail', 'build'],
    [['.gradle/8.5/fileHashes/fileHashes.lock'], 'fail', '.gradle'],
    [['.next/server/a.js'], 'fail', '.next'],
    [['coverage/lcov.info'], 'fail', 'coverage'],
    [['setup.py', 'dist/x-1.0-py3-none-any.whl'], 'fail', 'dist'],
    [['obj/project.assets.json'], 'fail', 'obj'],
    [['app/bin/Debug/net8.0/a.dll'], 'fail', 'app/bin'],
    [['package.json', 'dist/bundle.js'], 'warn', 'dist'],
    [['package.json', 'dist/x.js.map', 'dist/x.js'], 'warn', 'dist'],
    [['docs/.DS_Store'], 'warn', 'docs'],
  ])('%j: %s', async (paths, status, path) => {
    const result = await verdict(paths);
    expect(result).toMatchObject({ status });
    expect(result.evidence?.map(e => e.path)).toEqual([path]);
  });
});

describe('no build output', () => {
  it.each([
    [['package.json', 'action.yml', 'dist/index.js']],
    [
      [
        'package.json',
        'setup/action.yml',
        'setup/dist/index.js',
        'setup/package.json',
      ],
    ],
    [['target/main.go']],
    [['Cargo.toml', 'src/target/mod.rs']],
    [['build/Dockerfile', 'build/root/Makefile']],
    [['build.gradle', 'build/README.md']],
    [['dist/README.md', 'package.json']],
    [['dist/logo.svg']],
    [['bin/run', 'obj/chair.obj', 'out/index.md']],
    [['vendor/github.com/a/b.go', 'third_party/x/y.o']],
    [['tests/fixtures/node_modules/a/index.js']],
    [['internal/testdata/.terraform/modules/x.tf']],
    [['gradle/wrapper/gradle-wrapper.jar']],
    [['.yarn/cache/a.zip', '.pnp.cjs']],
    [['coverage/index.ts']],
    [['src/venv/create.py']],
    [['node_modules.md', 'src/node_modules_finder.js']],
  ])('%j', async paths => {
    expect(await verdict(paths)).toMatchObject({ status: 'pass' });
  });
});

it('reports a folder once, with all that it holds', async () => {
  const { message, evidence } = await verdict([
    'node_modules/a/dist/x.js',
    'node_modules/a/node_modules/b/y.js',
    'node_modules/a/package.json',
    'node_modules/c/z.o',
  ]);
  expect(message).toBe('4 files in 1 folder: npm packages in node_modules.');
  expect(evidence).toEqual([
    { path: 'node_modules', message: 'npm packages: 4 files, 1 KiB.' },
  ]);
});

it('puts what is certain first, and the path into the repository', async () => {
  const input = { subpath: 'apps/web' };
  const { evidence } = await verdict(
    ['.DS_Store', 'package.json', 'dist/a.min.js', '__pycache__/a.pyc'],
    { input },
  );
  expect(evidence?.map(e => e.path)).toEqual([
    'apps/web/__pycache__',
    'apps/web/dist',
    'apps/web',
  ]);
});

it('does not hide a product behind many fixtures', async () => {
  const fixtures = Array.from(
    { length: 400 },
    (_, i) => `test/p${i}/node_modules/a.js`,
  );
  expect((await verdict(fixtures)).status).toBe('pass');
  expect((await verdict([...fixtures, 'z/node_modules/a.js'])).status).toBe(
    'fail',
  );
  const parameters = { ignore: ['test/**'] };
  expect((await verdict(fixtures, { parameters })).status).toBe('unknown');
});

it('goes over a tree of 300,000 files in less than two seconds', async () => {
  const entries = Array.from({ length: 300_000 }, (_, i) => ({
    path: `src/area${i % 500}/part${i % 9000}/file${i}.ts`,
    type: 'file' as const,
    executable: false,
    size: 100,
  })).sort((a, b) => (a.path < b.path ? -1 : 1));
  const { tree } = factInput();
  const list = async () => entries;
  const started = performance.now();
  await outputFactCollector.collect(
    factInput({}, { tree: { ...tree, list } as any }),
  );
  expect(performance.now() - started).toBeLessThan(2000);
});

it('never gets better by one more piece of output', async () => {
  const path = fc.constantFrom(
    'package.json',
    'action.yml',
    'Cargo.toml',
    'dist/index.js',
    'target/debug/a',
    'a/b.ts',
    'build/x',
  );
  const defect = fc.constantFrom(
    'node_modules/a.js',
    'a/b.pyc',
    'x/__pycache__/y.pyc',
    'dist/z.class',
    'build/c.o',
    'a/.DS_Store',
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path), defect, async (paths, more) => {
      const before = await verdict(paths);
      const after = await verdict([...paths, more]);
      expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
    }),
  );
});
