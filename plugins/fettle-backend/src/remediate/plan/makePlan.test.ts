import type { PlaybookStep, StepPlan } from 'backstage-plugin-fettle-node';
import { SourceError } from 'backstage-plugin-fettle-node';
import {
  MemoryTree,
  type MemoryFile,
} from 'backstage-plugin-fettle-node/testUtils';
import { NO_LIMITS, playbook, PROBLEM } from '../testRemediations';
import { canonicalJson } from './canonicalJson';
import { makePlan } from './makePlan';
import { holdsFor } from './RecordingTree';

const FILES = { 'a.txt': 'one\ntwo\n', 'b.bin': Buffer.from([0, 1, 2]) };

function step(
  plan: PlaybookStep['plan'],
  rest: Partial<PlaybookStep> = {},
): PlaybookStep {
  return {
    ...{ id: 'step', title: 'Step', description: '' },
    parameters: undefined as never,
    ...{ destructive: false, idempotent: true, reversible: true },
    ...{ plan, ...rest },
  };
}

const edits = (...files: NonNullable<StepPlan['files']>) =>
  step(async () => ({ files }));

function make(
  steps: PlaybookStep[],
  given: {
    files?: Record<string, MemoryFile>;
    commit?: string;
    limits?: object;
    archived?: boolean;
    obstacles?: { code: string; message: string; action: string }[];
    stepMs?: number;
  } = {},
) {
  const { files = FILES, commit = 'c'.repeat(40), archived } = given;
  const at = '2026-05-01T12:00:00.000Z';
  return makePlan({
    playbook: playbook(
      { limits: { ...NO_LIMITS, ...given.limits } },
      steps.map((one, i) => ({ id: `s${i}`, step: one })),
    ),
    repository: { remote: 'https://h/r', name: 'r', host: 'h' },
    ...{ entities: [], problems: [PROBLEM] },
    host: {
      changes: { check: async () => given.obstacles ?? [] } as never,
    },
    snapshot: {
      defaultBranch: 'main',
      head: { commit, committedAt: at, author: 'Ada', subject: 'x' },
      ...{ branches: [], branchCount: 1, shallow: false, archived },
    },
    tree: new MemoryTree(files, { commit }),
    lookups: {},
    now: new Date(at),
    signal: new AbortController().signal,
    stepMs: given.stepMs ?? 1000,
  });
}

describe('a plan', () => {
  it('has the same hash for the same content at another head, and another one for another', async () => {
    const change = edits({ path: 'a.txt', content: 'one\n2\n' });
    const plan = await make([change]);
    expect(plan).toMatchObject({
      ...{ state: 'possible', filesChanged: 1, linesChanged: 2 },
      files: [{ diff: '@@ -1,2 +1,2 @@\n one\n-two\n+2' }],
    });
    const moved = await make([change], { commit: 'd'.repeat(40) });
    expect(moved.hash).toBe(plan.hash);
    const other = await make([edits({ path: 'a.txt', content: 'one\n3\n' })]);
    expect(other.hash).not.toBe(plan.hash);
    const before = await make([change], { files: { 'a.txt': 'x\n' } });
    expect(before.hash).not.toBe(plan.hash);
    expect(before.contentHash).toBe(plan.contentHash);
  });

  it('holds as long as what was read is the same', async () => {
    const reading = step(async ({ tree }) => {
      const [entry] = await tree.list();
      await tree.read([entry.path, 'none.txt']);
      await tree.findLines(['two']);
      return { files: [{ path: 'n.txt', content: 'n' }] };
    });
    const { inputs } = await make([reading]);
    const holds = (files: Record<string, MemoryFile>) =>
      holdsFor(inputs, new MemoryTree(files));
    expect(await holds(FILES)).toBe(true);
    expect(await holds({ ...FILES, 'b.bin': Buffer.from([0, 9]) })).toBe(true);
    expect(await holds({ ...FILES, 'a.txt': 'one\n' })).toBe(false);
    expect(await holds({ ...FILES, 'none.txt': '' })).toBe(false);
    expect(await holds({ ...FILES, 'n.txt': 'is there' })).toBe(false);
  });

  it('lays the edits of each step under the next one', async () => {
    const second = step(async ({ tree }) => {
      const files = await tree.read(['a.txt', 'b.bin']);
      const paths = (await tree.list()).map(({ path }) => path);
      const { lines } = await tree.findLines(['edited']);
      return {
        files: [{ path: 'new.txt', content: 'n' }],
        notes: [files.get('a.txt')!.text!, paths.join(), `${lines[0].line}`],
      };
    });
    const plan = await make([
      edits(
        { path: 'a.txt', content: 'x\nedited\n' },
        { path: 'b.bin', content: null },
      ),
      second,
    ]);
    expect(plan.notes).toEqual(['x\nedited\n', 'a.txt', '2']);
    expect(plan.edits.map(({ path }) => path)).toEqual([
      ...['a.txt', 'b.bin', 'new.txt'],
    ]);
    // What was there before cannot be written back as text.
    expect(plan.reversible).toBe(false);
  });

  const many = Array.from({ length: 501 }, (_, i) => ({
    ...{ path: `f${i}`, content: 'x' },
  }));
  it.each<[string, PlaybookStep, Parameters<typeof make>[1], object]>([
    ['nothing', edits(), {}, { state: 'empty' }],
    [
      'what is there already',
      edits(
        { path: 'a.txt', content: 'one\ntwo\n' },
        { path: 'x', content: null },
      ),
      ...([{}, { state: 'empty', files: [] }] as const),
    ],
    [
      'more files than its limit',
      edits({ path: 'x', content: '' }, { path: 'y', content: '1' }),
      ...([{ limits: { filesPerRun: 1 } }, obstacle('too-large')] as const),
    ],
    [
      'more lines than its limit',
      edits({ path: 'x', content: '1\n2\n3\n' }),
      ...([{ limits: { linesPerRun: 2 } }, obstacle('too-large')] as const),
    ],
    ['an enormous diff', edits(...many), {}, obstacle('enormous')],
    [
      'a path that leads out',
      edits({ path: '../x', content: '' }),
      ...([{}, obstacle('unsafe-path')] as const),
    ],
    [
      "Git's own folder",
      edits({ path: 'a/.GIT/hooks/x', content: '' }),
      ...([{}, obstacle('unsafe-path')] as const),
    ],
    [
      'a link',
      edits({ path: 'l', content: 'x' }),
      ...([
        { files: { l: { symlink: '/etc' } } },
        obstacle('not-a-file'),
      ] as const),
    ],
    [
      'no text',
      edits({ path: 'x', content: 'a\0b' }),
      ...([{}, obstacle('not-text')] as const),
    ],
    [
      'what the step says is impossible',
      step(async () => ({
        obstacles: [{ code: 'tool-missing', message: 'm', action: 'a' }],
      })),
      ...([{}, obstacle('tool-missing')] as const),
    ],
    [
      'a source that fails',
      step(async () => {
        throw new SourceError('unauthorized', 'No.', 'Ask.');
      }),
      ...([{}, obstacle('unauthorized')] as const),
    ],
    [
      'a step that fails',
      step(async () => {
        throw new TypeError('undefined is not a function');
      }),
      ...([{}, obstacle('step-failed')] as const),
    ],
    [
      'a step that hangs',
      step(() => new Promise(() => {})),
      ...([{ stepMs: 20 }, obstacle('timeout')] as const),
    ],
    [
      'an archived repository',
      edits({ path: 'x', content: '' }),
      ...([{ archived: true }, obstacle('archived')] as const),
    ],
    [
      'a token without the right',
      edits({ path: 'x', content: '' }),
      {
        obstacles: [{ code: 'no-right', message: 'm', action: 'a' }],
      },
      obstacle('no-right'),
    ],
  ])('says what comes of %s', async (_, one, given, expected) => {
    expect(await make([one], given)).toMatchObject(expected);
  });

  it('writes equal values as equal JSON', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: null })).toBe(
      '{"a":null,"b":[{"d":1}]}',
    );
  });
});

function obstacle(code: string) {
  return { state: 'impossible', obstacles: [{ code }] };
}
