import {
  checkContract,
  factCollectorContract,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge, snapshotOf } from '../testing/judge';
import { activityCheck } from './activityCheck';
import { activityFactCollector } from './activityFact';

const verdict = (daysAgo: number, parameters = {}) =>
  judge(
    activityFactCollector,
    activityCheck,
    {},
    {
      parameters,
      input: { snapshot: snapshotOf({ daysAgo }) },
    },
  );

factCollectorContract(activityFactCollector);
checkContract(activityCheck, {
  facts: [
    {
      activity: {
        lastCommitAt: '2026-05-01T00:00:00Z',
        recent: null,
        headless: null,
      },
    },
    { activity: { lastCommitAt: null, recent: null, headless: 'No commit.' } },
    { activity: { lastCommitAt: 'yesterday', recent: null, headless: null } },
  ],
});

it.each([
  [0, 'pass', 'Last commit on 2026-06-01; 3 commits by 2 authors in 90 days.'],
  [
    180,
    'pass',
    'Last commit on 2025-12-03; 3 commits by 2 authors in 90 days.',
  ],
  [
    181,
    'warn',
    'The last commit was on 2025-12-02, 181 days ago; the limit is 180.',
  ],
  [
    365,
    'warn',
    'The last commit was on 2025-06-01, 365 days ago; the limit is 180.',
  ],
  [
    366,
    'fail',
    'The last commit was on 2025-05-31, 366 days ago; the limit is 365.',
  ],
  [
    -0.5,
    'pass',
    'Last commit on 2026-06-02; 3 commits by 2 authors in 90 days.',
  ],
  [
    -30,
    'unknown',
    'The last commit is dated 2026-07-01, 30 days ahead of now; its date does not tell.',
  ],
])('%s days ago: %s', async (daysAgo, status, message) => {
  expect(await verdict(daysAgo)).toEqual({ status, message });
});

it('says nothing of the last 90 days where the history is cut', async () => {
  const snapshot = { ...snapshotOf(), recent: undefined, shallow: true };
  const result = await judge(
    activityFactCollector,
    activityCheck,
    {},
    { input: { snapshot } },
  );
  expect(result).toEqual({
    status: 'pass',
    message: 'Last commit on 2026-05-31.',
  });
});

it('is unknown, with the reason, where there is no commit', async () => {
  const headless = {
    message: 'The repository has no commit.',
    action: 'Push one.',
  };
  const snapshot = { ...snapshotOf(), head: null, headless };
  const result = await judge(
    activityFactCollector,
    activityCheck,
    {},
    { input: { snapshot } },
  );
  expect(result).toEqual({ status: 'unknown', message: headless.message });
});

it('refuses limits in the wrong order', () => {
  const parameters = { warnAfterDays: 100, failAfterDays: 50 };
  expect(activityCheck.parameters.safeParse(parameters).success).toBe(false);
});

it('never gets better by more days of rest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.nat(1000), async (days, more) => {
      const before = await verdict(days);
      const after = await verdict(days + more);
      expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
    }),
  );
});
