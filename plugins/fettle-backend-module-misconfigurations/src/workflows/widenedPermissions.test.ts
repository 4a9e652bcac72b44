import { MemoryRepositorySource } from 'backstage-plugin-fettle-node/testUtils';
import { widenedPermissions } from './widenedPermissions';

const PATH = '.github/workflows/ci.yml';
const JOB = 'jobs:\n  build:\n    runs-on: x\n    steps: []\n';
const signal = new AbortController().signal;

describe('permissions of workflows', () => {
  let ask: (files: Record<string, string | null>) => Promise<{
    told: (string | undefined)[][];
    problems: (string | null)[];
  }>;

  beforeEach(() => {
    const source = new MemoryRepositorySource();
    const repository = source.create('a/b');
    let memory: unknown = null;
    let minute = 0;
    ask = async files => {
      minute += 1;
      await repository.commit({
        files,
        at: `2026-03-01T12:${10 + minute}:00Z`,
      });
      const { location } = repository;
      const snapshot = await source.snapshot(location, { signal });
      const { commit } = snapshot.head!;
      const reading = await widenedPermissions.detect({
        ...{ repository: location, snapshot, commit, memory },
        contains: async () => undefined,
        access: async () => undefined,
        now: new Date(),
        tree: () => source.readTree(location, commit, { signal }),
      });
      memory = JSON.parse(JSON.stringify(reading!.memory));
      return {
        told: reading!.findings.map(one => [one.keys[0], one.severity]),
        problems: (reading!.problems ?? []).map(({ path }) => path),
      };
    };
  });
  const workflow = (permissions: string) => ({ [PATH]: permissions + JOB });

  it('are no threat in the first reading, nor in a new workflow', async () => {
    expect((await ask(workflow('permissions: write-all\n'))).told).toEqual([]);
    const other = {
      '.github/workflows/b.yml': `permissions: write-all\n${JOB}`,
    };
    expect((await ask(other)).told).toEqual([]);
  });

  it.each([
    [
      'permissions: { contents: write }\n',
      [['permission-widened:contents', 'high']],
    ],
    [
      'permissions: { contents: read, issues: write }\n',
      [['permission-widened:issues', 'medium']],
    ],
    [
      'permissions: { contents: read, issues: read }\n',
      [['permission-widened:issues', 'low']],
    ],
    ['permissions: write-all\n', [['permission-widened:*', 'high']]],
    ['', [['permission-widened:*', 'high']]],
    ['permissions: {}\n', []],
  ])('are compared with the narrowest: %j', async (now, told) => {
    await ask(workflow('permissions: { contents: read }\n'));
    expect((await ask(workflow(now))).told).toEqual(told);
    // Whatever else is pushed, it stays until it is taken back.
    expect((await ask({ 'README.md': 'x' })).told).toEqual(told);
    const back = await ask(workflow('permissions: { contents: read }\n'));
    expect(back.told).toEqual(
      now === 'permissions: {}\n'
        ? [['permission-widened:contents', 'low']]
        : [],
    );
  });

  it('count also where a single job has them', async () => {
    await ask(workflow('permissions: { contents: read }\n'));
    const wide = `${JOB}  deploy:\n    permissions: { contents: write, __proto__: write }\n    steps: []\n`;
    expect(
      (await ask({ [PATH]: `permissions: { contents: read }\n${wide}` })).told,
    ).toEqual([
      ['permission-widened:__proto__', 'medium'],
      ['permission-widened:contents', 'high'],
    ]);
  });

  it('of a file that cannot be read are told of, and compared later', async () => {
    await ask(workflow('permissions: { contents: read }\n'));
    const broken = await ask({ [PATH]: 'a: [' });
    expect(broken).toEqual({ told: [], problems: [PATH] });
    const large = await ask({ [PATH]: `#${'x'.repeat(200_000)}` });
    expect(large).toEqual({ told: [], problems: [PATH] });
    expect((await ask(workflow('permissions: write-all\n'))).told).toHaveLength(
      1,
    );
  });
});
