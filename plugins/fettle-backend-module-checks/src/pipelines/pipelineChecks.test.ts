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
  [[reading(), reading({ name: 'Nightly', flaky: 5 })], 'fail'],
])('the reliability of %j is %s', async (pipelines, status) => {
  const result = await verdict(reliabilityCheck, pipelines as any);
  expect(result.status).toBe(status);
});

it('more failures and more flaky commits are never better', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.nat(20), async (a, b) => {
      const [few, many] = [Math.min(a, b), Math.max(a, b)];
      for (const check of [defaultBranchCheck, reliabilityCheck]) {
        const better = await verdict(check, [reading({ flaky: few })]);
        const worse = await verdict(check, [
          reading({ flaky: many, green: false }),
        ]);
        expect(goodness(worse)).toBeLessThanOrEqual(goodness(better));
      }
    }),
  );
});
