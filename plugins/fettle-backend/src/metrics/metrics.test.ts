import fc from 'fast-check';
import { measureDeployments } from './measureDeployments';
import { measureRuns } from './measureRuns';
import { percentile } from './metric';
import { tallyRuns } from './tallyRuns';
import type { DeploymentSample, RunSample } from './rows';

const minute = (n: number) =>
  new Date(Date.UTC(2026, 5, 1, 12, n)).toISOString();

function run(
  state: string,
  at: number,
  given: Partial<RunSample> = {},
): RunSample {
  return {
    repositoryId: 'a',
    pipelineId: 'ci',
    state,
    defaultBranch: true,
    commit: `c${at}`,
    finishedAt: minute(at),
    durationMs: 1000,
    queueMs: 10,
    ...given,
  };
}

const samples = fc.array(
  fc
    .tuple(
      fc.constantFrom('succeeded', 'failed', 'cancelled', 'skipped'),
      fc.nat(50),
      fc.nat(5),
      fc.option(fc.nat(10_000)),
    )
    .map(([state, at, commit, durationMs]) =>
      run(state, at, { commit: `c${commit}`, durationMs }),
    ),
  { maxLength: 40 },
);

describe('metrics of runs', () => {
  it('do not depend on the order in which runs are given', () => {
    fc.assert(
      fc.property(samples, runs => {
        expect(measureRuns([...runs].reverse())).toEqual(measureRuns(runs));
      }),
    );
  });

  it('never have a higher success rate because of one more failure', () => {
    fc.assert(
      fc.property(samples, runs => {
        const before = measureRuns(runs).successRate.value;
        const after = measureRuns([...runs, run('failed', 60)]).successRate;
        fc.pre(before !== null);
        expect(after.value!).toBeLessThanOrEqual(before!);
      }),
    );
  });

  it('count no commit less as passed, and none less as flaky, because of one more failure', () => {
    fc.assert(
      fc.property(samples, fc.nat(8), (runs, commit) => {
        const more = [...runs, run('failed', 60, { commit: `c${commit}` })];
        const [before] = tallyRuns(runs);
        const [after] = tallyRuns(more);
        expect(after.tally.passed).toBe(before?.tally.passed ?? 0);
        expect(after.tally.flaky).toBeGreaterThanOrEqual(
          before?.tally.flaky ?? 0,
        );
      }),
    );
  });

  it('of pipelines that are measured apart add up to those of all together', () => {
    const many = Array.from({ length: 5000 }, (_, i) =>
      run(i % 7 === 0 ? 'failed' : 'succeeded', i, {
        pipelineId: `p${i % 3}`,
        durationMs: (i * 7919) % 5000,
      }),
    );
    const metrics = measureRuns(many);
    expect(metrics.runs).toBe(5000);
    expect(metrics.successRate).toMatchObject({
      value: 4285 / 5000,
      sample: 5000,
    });
    // Each pipeline turns green again after each of its own failures.
    expect(metrics.timeToGreen).toMatchObject({ value: 3 * 60_000 });
    expect(metrics.durationP50.sample).toBe(4285);
  });

  it('leave out what was cancelled or skipped', () => {
    const { successRate } = measureRuns([
      ...[run('succeeded', 1), run('succeeded', 2), run('failed', 3)],
      ...[run('cancelled', 4), run('skipped', 5)],
    ]);
    expect(successRate).toEqual({
      value: 2 / 3,
      unit: 'share',
      sample: 3,
      note: null,
    });
  });

  it('say that there is not enough data, not zero', () => {
    const { successRate, durationP95 } = measureRuns([run('failed', 1)]);
    expect(successRate).toMatchObject({
      value: null,
      note: 'not enough data: 1 of 3 runs that succeeded or failed',
    });
    expect(durationP95.value).toBeNull();
  });

  it('count a commit as flaky where the same pipeline both failed and succeeded on it', () => {
    const on = (
      state: string,
      at: number,
      commit: string | null,
      pipelineId = 'ci',
    ) => run(state, at, { commit, pipelineId });
    const { flakiness } = measureRuns([
      ...[on('failed', 1, 'x'), on('succeeded', 2, 'x')],
      ...[on('failed', 3, 'y'), on('failed', 4, 'y')],
      ...[on('failed', 5, 'z', 'ci'), on('succeeded', 6, 'z', 'docs')],
      on('failed', 7, null),
    ]);
    expect(flakiness).toMatchObject({ value: 1 / 4, sample: 4 });
  });

  it('measure from the first failure on the default branch to the next success', () => {
    const { timeToGreen } = measureRuns([
      ...[run('succeeded', 0), run('failed', 1), run('failed', 5)],
      ...[run('succeeded', 11), run('failed', 20), run('succeeded', 22)],
      ...[run('failed', 30), run('succeeded', 33)],
      run('succeeded', 6, { defaultBranch: false }),
    ]);
    expect(timeToGreen).toMatchObject({ value: 3 * 60_000, sample: 3 });
  });

  it('take percentiles that occurred, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1 }), values => {
        const [half, most] = [
          percentile(values, 0.5),
          percentile(values, 0.95),
        ];
        expect(values).toContain(half);
        expect(half).toBeLessThanOrEqual(most);
      }),
    );
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(
      percentile(
        Array.from({ length: 20 }, (_, i) => i + 1),
        0.95,
      ),
    ).toBe(19);
  });
});

describe('metrics of deployments', () => {
  const deployment = (
    state: string,
    at: number,
    committedAt: string | null = minute(at - 10),
    given: Partial<DeploymentSample> = {},
  ): DeploymentSample => ({
    ...{ repositoryId: 'a', environment: 'production', commit: `c${at}` },
    ...{ state, committedAt },
    finishedAt: minute(at),
    ...given,
  });
  const of = (commit: string, at: number, environment = 'production') =>
    deployment('succeeded', at, null, { commit, environment });

  it('count as failed what an older commit replaced, in its environment', () => {
    const { changeFailureRate, timeToRestore } = measureDeployments(
      [of('a', 1), of('b', 5), of('a', 8), of('a', 9, 'eu'), of('b', 20, 'eu')],
      1,
    );
    expect(changeFailureRate).toMatchObject({ value: 1 / 5 });
    expect(timeToRestore).toMatchObject({ value: 3 * 60_000, sample: 1 });
  });

  it('do not count a roll-back twice where the older commit is deployed after it', () => {
    const { changeFailureRate, timeToRestore } = measureDeployments(
      [
        of('a', 1),
        deployment('rolled-back', 5, null, { commit: 'b' }),
        of('a', 8),
      ],
      1,
    );
    expect(changeFailureRate).toMatchObject({ value: 1 / 3 });
    expect(timeToRestore).toMatchObject({ value: 3 * 60_000 });
  });

  it('do not depend on the order in which deployments are given', () => {
    const any = fc
      .tuple(
        fc.constantFrom('succeeded', 'failed', 'rolled-back'),
        fc.nat(9),
        fc.constantFrom('a', 'b', null),
      )
      .map(([state, at, commit]) => deployment(state, at, null, { commit }));
    fc.assert(
      fc.property(fc.array(any), list => {
        expect(measureDeployments([...list].reverse(), 7)).toEqual(
          measureDeployments(list, 7),
        );
      }),
    );
  });

  it('follow the four definitions', () => {
    const four = measureDeployments(
      [
        ...[deployment('succeeded', 10), deployment('rolled-back', 20)],
        ...[deployment('succeeded', 26), deployment('succeeded', 40, null)],
      ],
      2,
    );
    expect(four.deploymentFrequency).toMatchObject({ value: 2, sample: 4 });
    expect(four.leadTime).toMatchObject({ value: 600_000, sample: 3 });
    expect(four.changeFailureRate).toMatchObject({ value: 0.25, sample: 4 });
    expect(four.timeToRestore).toMatchObject({ value: 360_000, sample: 1 });
  });

  it('are unknown without deployments', () => {
    for (const one of Object.values(measureDeployments([], 30))) {
      expect(one.value).toBeNull();
      expect(one.note).toMatch(/^not enough data/);
    }
  });

  it('leave out commits that are newer than their deployment', () => {
    const { leadTime } = measureDeployments(
      [1, 2, 3].map(at => deployment('succeeded', at, minute(50))),
      1,
    );
    expect(leadTime).toMatchObject({ value: null, sample: 0 });
    expect(leadTime.note).toMatch(/; 3 left out: deployed before the time/);
  });
});
