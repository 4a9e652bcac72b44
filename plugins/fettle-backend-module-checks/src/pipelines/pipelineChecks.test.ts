import {
  checkContract,
  factCollectorContract,
} from 'backstage-plugin-fettle-node/testUtils';
import type { PipelineReading } from 'backstage-plugin-fettle-node';
import fc from 'fast-check';
import { goodness, judge, snapshotOf } from '../testing/judge';
import { defaultBranchCheck } from './defaultBranchCheck';
import { pipelinesFactCollector } from './pipelinesFact';
import { reliabilityCheck } from './reliabilityCheck';

const reading = (given: Partial<PipelineReading> = {}): PipelineReading => ({
  ...{ id: 'ci', name: 'CI', green: true, since: '2026-05-30T08:00:00.000Z' },
  webUrl: null,
  ...{ decided: 20, succeeded: 20, commits: 20, flaky: 0 },
  ...given,
});

const verdict = (
  check: typeof defaultBranchCheck | typeof reliabilityCheck,
  pipelines: PipelineReading[] | undefined,
) =>
  judge(
    pipelinesFactCollector,
    check as any,
    {},
    {
      parameters: {},
      input: { snapshot: snapshotOf({ daysAgo: 1 }), pipelines },
    },
  );

factCollectorContract(pipelinesFactCollector);
const facts = [
  { pipelines: null },
  { pipelines: [reading()] },
  { pipelines: [reading({ green: false, flaky: 10 })] },
  { pipelines: [reading({ flaky: 2 })] },
];
checkContract(defaultBranchCheck, { facts });
checkContract(reliabilityCheck, { facts });

it.each([
  [undefined, 'not-applicable', 'No run on its default branch'],
  [[reading({ green: null })], 'not-applicable', 'No run on its default'],
  [[reading()], 'pass', '1 pipeline green'],
  [
    [reading(), reading({ id: 'r', name: 'Release', green: false })],
    'fail',
    '1 pipeline of 2 red: Release since 2026-05-30.',
  ],
])('the default branch of %j is %s', async (pipelines, status, message) => {
  const result = await verdict(defaultBranchCheck, pipelines as any);
  expect(result.status).toBe(status);
  expect(result.message).toContain(message);
});

it.each([
  [undefined, 'not-applicable'],
  [[reading({ commits: 4, flaky: 4 })], 'not-applicable'],
  [[reading()], 'pass'],
  [[reading({ flaky: 1 })], 'pass'],
  [[reading({ flaky: 2 })], 'warn'],
  [[reading({ decided: 40 })], 'pass'],
  [[reading({ decided: 41 })], 'warn'],
  [[reading({ decided: 81 })], 'fail'],
  [[reading({ commits: 0, succeeded: 0 })], 'not-applicable'],
  [[reading(), reading({ name: 'Nightly', flaky: 5 })], 'fail'],
])('the reliability of %j is %s', async (pipelines, status) => {
  const result = await verdict(reliabilityCheck, pipelines as any);
  expect(result.status).toBe(status);
});

it('names each red pipeline with the page of its run', async () => {
  const webUrl = 'https://ci.example.com/runs/7';
  const { evidence } = await verdict(defaultBranchCheck, [
    reading(),
    reading({ name: 'Release', green: false, webUrl }),
  ]);
  expect(evidence).toEqual([
    { message: 'Release is red since 2026-05-30.', url: webUrl },
  ]);
});

it('refuses thresholds in the wrong order', () => {
  for (const wrong of [
    { warnAbove: 0.5, failAbove: 0.1 },
    { warnBelowSuccess: 0.1, failBelowSuccess: 0.5 },
  ]) {
    expect(reliabilityCheck.parameters.safeParse(wrong).success).toBe(false);
  }
});

/** What a verdict may become by a failure. Of what did not apply only a failure never raises a score. */
const NO_BETTER: Record<string, string[]> = {
  pass: ['pass', 'warn', 'fail'],
  warn: ['warn', 'fail'],
  fail: ['fail'],
  'not-applicable': ['not-applicable', 'fail'],
};

it('never gets better by one more failed run, wherever it fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        commits: fc.nat(12),
        again: fc.nat(12),
        failed: fc.nat(60),
        flaky: fc.nat(12),
        green: fc.constantFrom(true, false, null),
      }),
      fc.boolean(),
      fc.boolean(),
      async (given, onPassed, onDefault) => {
        const { commits, again, failed, green } = given;
        const flaky = Math.min(given.flaky, commits, failed);
        const succeeded = commits + (commits > 0 ? again : 0);
        const before = reading({
          ...{ commits, flaky, green, succeeded },
          decided: succeeded + failed,
        });
        // On a commit that it succeeded on, or on another.
        const after = reading({
          ...before,
          decided: before.decided + 1,
          flaky: onPassed ? Math.min(commits, flaky + 1) : flaky,
          green: onDefault ? false : green,
        });
        for (const check of [defaultBranchCheck, reliabilityCheck]) {
          const [good, bad] = [
            await verdict(check, [reading(), before]),
            await verdict(check, [reading(), after]),
          ];
          expect(goodness(bad)).toBeLessThanOrEqual(goodness(good));
          const was = await verdict(check, [before]);
          const is = await verdict(check, [after]);
          expect(NO_BETTER[was.status]).toContain(is.status);
        }
      },
    ),
  );
});
