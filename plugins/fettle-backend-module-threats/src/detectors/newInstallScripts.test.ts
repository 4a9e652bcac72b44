import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { newInstallScripts } from './newInstallScripts';

const signal = new AbortController().signal;
const scripted = { version: '1.0.0', hasInstallScript: true };
const npm = (packages: Record<string, object>) =>
  JSON.stringify({ lockfileVersion: 3, packages }, null, 2);
const pnpm = (version: string, ...keys: string[]) =>
  [
    ...[`lockfileVersion: '${version}'`, '', 'packages:', ''],
    ...keys.flatMap(key => [
      ...[`  ${key}:`, '    resolution: {integrity: sha512-AA==}'],
      ...['    requiresBuild: true', '    dev: false', ''],
    ]),
    ...['  /quiet@1.0.0:', '    dev: true', ''],
  ].join('\n');

/** Pushes, and asks as the backend does: with the memory of the last reading, through JSON. */
function watched() {
  const source = new MemoryRepositorySource();
  const repository = source.create('a/b');
  const { location } = repository;
  let memory: unknown = null;
  return async (files: Record<string, string | null>) => {
    await repository.commit({ files, at: '2026-03-01T12:00:00Z' });
    const snapshot = await source.snapshot(location, { signal });
    const { commit } = snapshot.head!;
    const reading = await newInstallScripts.detect({
      ...{ repository: location, snapshot, commit, memory, now: new Date() },
      contains: async () => undefined,
      access: async () => undefined,
      tree: () => source.readTree(location, commit, { signal }),
    });
    memory = JSON.parse(JSON.stringify(reading!.memory));
    return {
      ...reading!,
      keys: reading!.findings.map(({ keys }) => keys[0].split(':')[1]),
      memory,
    };
  };
}

it('are told where no earlier reading had one of that name, until they are gone', async () => {
  const push = watched();
  const first = {
    '': { name: 'shop', hasInstallScript: true },
    'node_modules/esbuild': scripted,
    'packages/own': { hasInstallScript: true },
  };
  expect((await push({ 'package-lock.json': npm(first) })).keys).toEqual([]);
  const more = {
    ...first,
    'node_modules/esbuild': { ...scripted, version: '2.0.0' },
    'node_modules/a/node_modules/@evil/one': scripted,
    'node_modules/two': { ...scripted, version: '0.1.0', name: 'other' },
    'node_modules/quiet': { version: '1.0.0' },
  };
  const { findings } = await push({ 'package-lock.json': npm(more) });
  expect(findings).toMatchObject([
    {
      ...{ kind: 'threat', path: 'package-lock.json', line: 15 },
      message: expect.stringMatching(/^@evil\/one 1\.0\.0 runs a script/),
    },
    { keys: ['install-script-added:other'] },
  ]);
  expect((await push({ a: '1' })).keys).toHaveLength(2);
  expect((await push({ 'package-lock.json': npm(first) })).keys).toEqual([]);
});

it('are read from pnpm as far as its lockfiles tell', async () => {
  const push = watched();
  await push({ 'pnpm-lock.yaml': pnpm('6.0', '/known@1.0.0') });
  const later = pnpm('6.0', '/known@2.0.0', `'/@evil/one@1.0.0(a@1.0.0)'`);
  const { findings } = await push({ 'pnpm-lock.yaml': later });
  expect(findings).toMatchObject([
    { message: expect.stringMatching(/^@evil\/one 1\.0\.0 runs/), line: 10 },
  ]);
  const old = pnpm('5.4', '/known/3.0.0', '/@x/y/1.0.0_react@18.0.0');
  expect((await push({ 'pnpm-lock.yaml': old })).keys).toEqual(['@x/y']);
  const silent = "lockfileVersion: '9.0'\n\npackages:\n\n  a@1.0.0:\n";
  expect((await push({ 'pnpm-lock.yaml': silent })).problems).toEqual([]);
});

it('are compared with the first lockfile that could be read', async () => {
  const push = watched();
  const lock = (name: string) => npm({ [`node_modules/${name}`]: scripted });
  await push({ a: '1' });
  const first = { 'package-lock.json': lock('a'), 'b/package-lock.json': '{' };
  expect((await push(first)).problems).toMatchObject([
    { path: 'b/package-lock.json', message: expect.stringContaining('JSON') },
  ]);
  // What could not be read then is no news now; a lockfile that is new is.
  expect((await push({ 'b/package-lock.json': lock('b') })).keys).toEqual([]);
  const moved = { 'package-lock.json': null, 'c/package-lock.json': lock('a') };
  expect((await push(moved)).keys).toEqual([]);
  expect((await push({ 'd/package-lock.json': lock('d') })).keys).toEqual([
    'd',
  ]);
});

it.each([
  ['{"lockfileVersion":3,"packages":[', /no JSON/],
  ['[]', /no object/],
  ['<<<<<<< main\n{}\n=======\n{}\n>>>>>>> x\n', /conflict/],
  [npm({}) + ' '.repeat(8 * 1024 * 1024), /8 MiB/],
  [
    npm(
      Object.fromEntries(
        Array.from({ length: 1_001 }, (_, i) => [
          `node_modules/${i}`,
          scripted,
        ]),
      ),
    ),
    /1000 packages/,
  ],
])(
  'are a problem of a lockfile that cannot be read (%#)',
  async (text, why) => {
    const push = watched();
    await push({ 'package-lock.json': npm({ 'node_modules/a': scripted }) });
    const { findings, problems } = await push({ 'package-lock.json': text });
    expect(findings).toEqual([]);
    expect(problems).toMatchObject([
      { path: 'package-lock.json', message: expect.stringMatching(why) },
    ]);
  },
);

it('are no harm by their names', async () => {
  const push = watched();
  await push({ 'package-lock.json': npm({}) });
  const odd = `{"packages":{"node_modules/__proto__":{"hasInstallScript":true},"node_modules/${'x'.repeat(
    300,
  )}":{"hasInstallScript":true},"__proto__":{"hasInstallScript":true}}}`;
  expect((await push({ 'package-lock.json': odd })).keys).toEqual([
    '__proto__',
  ]);
  expect((await push({ a: '1' })).memory).toEqual({ known: [], unread: [] });
});
