import { mockServices } from '@backstage/backend-test-utils';
import type { ComponentMatcher } from 'backstage-plugin-fettle-node';
import { PortalKnowledge } from './PortalKnowledge';

const feed = (id: string, records: number) => ({
  ...{ id, title: id, state: 'ok' as const, from: '', records, broken: 0 },
  ...{ bytes: null, newestAt: null, checkedAt: null, reason: null },
});

async function read(given: Partial<ComponentMatcher>) {
  const matcher: ComponentMatcher = {
    ...{ id: 'osv', title: 'OSV', match: async () => [] },
    changesSince: async () => ({ packages: 'all', cursor: '1' }),
    ...given,
  };
  const { matchers } = await new PortalKnowledge({
    registry: {
      ...{ scanners: new Map(), detectors: new Map() },
      matchers: new Map([[matcher.id, matcher]]),
    },
    logger: mockServices.logger.mock(),
    clock: () => new Date(),
  }).read();
  return matchers;
}

it.each<[string, Partial<ComponentMatcher>, object]>([
  ['knows by itself', {}, { empty: false, ecosystems: null }],
  ['has no feed', { feeds: async () => [] }, { empty: true }],
  [
    'has feeds without records',
    { feeds: async () => [feed('a', 0), feed('b', 0)] },
    { empty: true },
  ],
  [
    'has records in one of its feeds',
    { feeds: async () => [feed('a', 0), feed('b', 2)] },
    { empty: false, ecosystems: null },
  ],
  [
    'has records, but none about packages',
    {
      feeds: async () => [feed('scores', 2), feed('npm', 0)],
      ecosystems: async () => ({ known: [], missing: ['npm'] }),
    },
    { empty: true },
  ],
  [
    'knows some ecosystems',
    { ecosystems: async () => ({ known: ['npm'], missing: ['PyPI'] }) },
    { empty: false, ecosystems: { known: ['npm'], missing: ['PyPI'] } },
  ],
  [
    'cannot say what it knows',
    {
      ecosystems: async () => {
        throw new Error('The database is gone.');
      },
    },
    { empty: true },
  ],
])('tells of a matcher that %s', async (_, given, expected) => {
  expect(await read(given)).toMatchObject([expected]);
});
