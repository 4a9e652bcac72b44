import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge, snapshotOf } from '../testing/judge';
import { branchesCheck } from './branchesCheck';
import { branchesFactCollector } from './branchesFact';

interface Branch {
  name: string;
  daysAgo: number;
  merged?: boolean;
}
const old = (count: number, from = 0): Branch[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `feat/f${from + i}`,
    daysAgo: 200 + i,
  }));
const verdict = (
  branches: Branch[],
  options: { branchCount?: number; parameters?: object } = {},
) =>
  judge(
    branchesFactCollector,
    branchesCheck,
    {},
    {
      parameters: options.parameters,
      input: {
        snapshot: snapshotOf({ branches, branchCount: options.branchCount }),
      },
    },
  );

factCollectorContract(branchesFactCollector, {
  inputs: [
    factInput(
      {},
      { snapshot: snapshotOf({ branches: old(999), branchCount: 5000 }) },
    ),
  ],
});
checkContract(branchesCheck, {
  facts: [
    {
      branches: {
        branches: [],
        count: 0,
        olderUnlisted: 0,
        youngerUnlisted: 0,
        hasDefault: true,
      },
    },
    {
      branches: {
        branches: [],
        count: 0,
        olderUnlisted: 0,
        youngerUnlisted: 0,
        hasDefault: false,
      },
    },
  ],
});

it.each([
  [
    'none but the default one',
    [],
    'not-applicable',
    'There are no branches besides the default one.',
  ],
  ['fresh ones', [{ name: 'a', daysAgo: 90 }], 'pass', '0 of 1 branch stale.'],
  [
    'two',
    old(2),
    'pass',
    '2 of 2 branches stale, 0 of them merged; the oldest since 2025-11-12.',
  ],
  [
    'three',
    old(3),
    'warn',
    '3 of 3 branches stale, 0 of them merged; the oldest since 2025-11-11.',
  ],
  [
    'twenty',
    old(20),
    'fail',
    '20 of 20 branches stale, 0 of them merged; the oldest since 2025-10-25.',
  ],
])('%s', async (_, branches, status, message) => {
  expect(await verdict(branches)).toMatchObject({ status, message });
});

it('counts merged branches sooner', async () => {
  const merged = (daysAgo: number) =>
    verdict(['a', 'b', 'c'].map(name => ({ name, daysAgo, merged: true })));
  expect((await merged(30)).status).toBe('pass');
  expect(await merged(31)).toMatchObject({
    status: 'warn',
    message:
      '3 of 3 branches stale, 3 of them merged; the oldest since 2026-05-01.',
  });
});

it('lists the oldest first', async () => {
  const { evidence } = await verdict([
    { name: 'young', daysAgo: 100 },
    { name: 'old', daysAgo: 400, merged: true },
  ]);
  expect(evidence?.map(e => e.message)).toEqual([
    'old: last commit on 2025-04-27, 400 days ago, merged.',
    'young: last commit on 2026-02-21, 100 days ago.',
  ]);
});

const judgedStale = async (name: string) => {
  const parameters = { warnAt: 1 };
  return (
    (await verdict([{ name, daysAgo: 500 }], { parameters })).status === 'warn'
  );
};
it.each([
  'develop',
  'staging',
  'gh-pages',
  'release/1.2',
  'releases/2026-01',
  'release-1.30',
  'stable/2.4.x',
  '5.x',
  '3.12',
  'v1.8',
  'v2',
  '0.10-stable',
  'rust-1.80.0',
  'maint',
  'Production',
])('%s may rest', async name => {
  expect(await judgedStale(name)).toBe(false);
});
it.each([
  'feature/login',
  'fix-123',
  'dependabot/npm_and_yarn/lodash-4.17.21',
  'renovate/react-19.x',
  'ada/try',
  'revert-12-x',
  'patch-1',
  'update-2-5',
])('%s may not', async name => {
  expect(await judgedStale(name)).toBe(true);
});

describe('more branches than are listed', () => {
  it('fails where those listed suffice', async () => {
    const result = await verdict(old(999), { branchCount: 3000 });
    expect(result.status).toBe('fail');
    expect(result.message).toMatch(/^At least 500 of 2999 branches stale/);
  });

  it('is unknown where those unlisted could tip it', async () => {
    const fresh = Array.from({ length: 999 }, (_, i) => ({
      name: `b${i}`,
      daysAgo: 1,
    }));
    expect((await verdict(fresh, { branchCount: 3000 })).status).toBe(
      'unknown',
    );
  });
});

it('is unknown without a default branch', async () => {
  const snapshot = { ...snapshotOf({ branches: old(1) }), defaultBranch: null };
  const result = await judge(
    branchesFactCollector,
    branchesCheck,
    {},
    { input: { snapshot } },
  );
  expect(result.status).toBe('unknown');
});

it('never gets better by one more stale branch', async () => {
  const branch = fc.record({
    name: fc.constantFrom('a', 'b/c', 'release/1', '2.x', 'fix'),
    daysAgo: fc.nat(400),
    merged: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(branch, { maxLength: 40 }), async branches => {
      const before = await verdict(branches);
      const after = await verdict([
        ...branches,
        { name: 'left/over', daysAgo: 91 },
      ]);
      expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
    }),
  );
});
