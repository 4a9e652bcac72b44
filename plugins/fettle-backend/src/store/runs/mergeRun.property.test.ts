import fc from 'fast-check';
import { runStateSchema } from 'backstage-plugin-fettle-common';
import type { RunReport } from 'backstage-plugin-fettle-node';
import { mergeRun } from './mergeRun';
import type { RunRow } from './rows';

const NOW = new Date('2026-06-01T12:00:00.000Z');
const context = {
  id: 'r1',
  repositoryId: 'a',
  sourceId: 'ci',
  defaultBranch: 'main',
  now: NOW,
};

const report = (given: Partial<RunReport>): RunReport => ({
  repository: { remote: 'https://git.example.com/a' },
  pipeline: { id: 'build' },
  runId: '1',
  ...given,
});

const merge = (reports: RunReport[]): RunRow =>
  reports.reduce<RunRow | undefined>(
    (row, one) => mergeRun(row, one, context),
    undefined,
  )!;

const time = fc
  .integer({ min: 0, max: 5 })
  .map(seconds => new Date(NOW.getTime() + seconds * 1000).toISOString());
const reports = fc.array(
  fc.record({
    state: fc.constantFrom(...runStateSchema.options),
    at: fc.option(time, { nil: undefined }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe('reports of a run', () => {
  it.each([false, true])(
    'come to the same state in any order (may reopen: %p)',
    mayReopen => {
      fc.assert(
        fc.property(
          reports.chain(list =>
            fc.tuple(
              fc.constant(list),
              fc.shuffledSubarray(list, {
                minLength: list.length,
                maxLength: list.length,
              }),
            ),
          ),
          ([list, shuffled]) => {
            const one = merge(list.map(r => report({ ...r, mayReopen })));
            const other = merge(shuffled.map(r => report({ ...r, mayReopen })));
            expect(other.state).toBe(one.state);
          },
        ),
      );
    },
  );

  it('change nothing when they come twice', () => {
    fc.assert(
      fc.property(reports, list => {
        const once = merge(list.map(report));
        expect(merge([...list, ...list].map(report))).toEqual(once);
      }),
    );
  });
});

describe('a run', () => {
  const at = (second: number) =>
    new Date(NOW.getTime() + second * 1000).toISOString();

  it('never goes back once it has finished', () => {
    const run = merge([
      report({ state: 'failed', at: at(5), finishedAt: at(5) }),
      report({ state: 'running', at: at(9), startedAt: at(1) }),
    ]);
    expect(run).toMatchObject({
      state: 'failed',
      started_at: at(1),
      finished_at: at(5),
      duration_ms: 4000,
      doubt_at: null,
    });
  });

  it('is opened again where its host counts no attempts', () => {
    const run = merge([
      report({ state: 'failed', at: at(5), finishedAt: at(5) }),
      report({ state: 'running', at: at(9), mayReopen: true }),
    ]);
    expect(run).toMatchObject({ state: 'running', finished_at: null });
  });

  it('has no duration where the clock went backwards', () => {
    const run = merge([
      report({ state: 'succeeded', startedAt: at(9), finishedAt: at(3) }),
    ]);
    expect(run.duration_ms).toBeNull();
  });

  it('keeps its place by when it was seen where its host is in the future', () => {
    const run = merge([report({ state: 'queued', queuedAt: at(600) })]);
    expect(run.sort_at).toBe(run.seen_at);
  });

  it('is known by its jobs before anything is said of itself', () => {
    const job = { id: 'j', name: 'test', state: 'running' as const };
    const early = merge([report({ jobs: [job] })]);
    expect(early.state).toBe('running');
    const late = mergeRun(
      early,
      report({ state: 'queued', at: at(0) }),
      context,
    );
    expect(late.state).toBe('queued');
  });

  it('keeps what a host calls a state that Fettle does not know', () => {
    const run = merge([report({ state: 'unknown', hostState: 'vaporised' })]);
    expect(run).toMatchObject({ state: 'unknown', host_state: 'vaporised' });
    expect(run.doubt_at).not.toBeNull();
  });

  it('is of the default branch only by name', () => {
    expect(merge([report({ branch: 'main' })]).default_branch).toBe(1);
    expect(merge([report({ branch: 'fork:main' })]).default_branch).toBe(0);
    expect(merge([report({})]).default_branch).toBe(0);
  });
});
