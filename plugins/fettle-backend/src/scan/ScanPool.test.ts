import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanPool } from './ScanPool';

const PROGRAMS = {
  count:
    'exports.scan = ({ files }) => ({ findings: files.map(f => f.path) });',
  async: 'exports.scan = async () => ({ findings: ["late"] });',
  thrower: 'exports.scan = () => { throw new Error("a bad file"); };',
  endless: 'exports.scan = () => { for (;;); };',
  greedy:
    'exports.scan = () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); };',
  leaver: 'exports.scan = () => process.exit(3);',
  pid: 'exports.scan = () => ({ findings: [process.pid] });',
  writer:
    'exports.scan = () => { require("node:fs").writeFileSync(__filename + ".out", "x"); };',
  starter:
    'exports.scan = () => { require("node:child_process").execSync("true"); };',
  looker: 'exports.scan = () => ({ findings: Object.keys(process.env) });',
};

let folder: string;
let pool: ScanPool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-scan-'));
  for (const [name, text] of Object.entries(PROGRAMS)) {
    await writeFile(join(folder, `${name}.js`), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  pool = new ScanPool({ processes: 1, timeoutMs: 2_000, memoryMiB: 64 });
});
afterEach(() => pool.stop());

function run(name: keyof typeof PROGRAMS, paths: string[] = []) {
  return pool.run(join(folder, `${name}.js`), {
    files: paths.map(path => ({ path, size: 0, text: '' })),
    options: undefined,
    key: 'k',
  });
}

it('gives what the program says', async () => {
  expect(await run('count', ['a', 'b'])).toEqual({ findings: ['a', 'b'] });
  expect(await run('async')).toEqual({ findings: ['late'] });
});

it('uses a process again', async () => {
  expect(await run('pid')).toEqual(await run('pid'));
});

it.each([
  ['thrower', 'scanner-failed', /a bad file/],
  ['endless', 'timeout', /longer than 2 seconds/],
  ['greedy', 'too-large', /more than 64 MiB/],
  ['leaver', 'scanner-failed', /process ended/],
  ['writer', 'scanner-failed', /Access to this API/],
  ['starter', 'scanner-failed', /Access to this API/],
] as const)(
  'says why a %s failed, and goes on',
  async (name, code, message) => {
    const failed = run(name);
    const next = run('count', ['a']);
    await expect(failed).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(await next).toEqual({ findings: ['a'] });
  },
);

it('has nothing of the environment of the portal', async () => {
  process.env.A_SECRET_OF_THE_PORTAL = 'x';
  const { findings } = await run('looker');
  delete process.env.A_SECRET_OF_THE_PORTAL;
  expect(findings).not.toContain('A_SECRET_OF_THE_PORTAL');
  expect(findings).not.toContain('PATH');
});

it('fails where there is no program', async () => {
  const input = { files: [], options: undefined, key: 'k' };
  await expect(pool.run(join(folder, 'none.js'), input)).rejects.toMatchObject({
    code: 'scanner-failed',
  });
});

it('ends what runs when it is stopped', async () => {
  const running = run('endless');
  const waiting = run('count');
  const both = Promise.allSettled([running, waiting]);
  await pool.stop();
  expect(await both).toMatchObject([
    { reason: { code: 'stopped' } },
    { reason: { code: 'stopped' } },
  ]);
});
