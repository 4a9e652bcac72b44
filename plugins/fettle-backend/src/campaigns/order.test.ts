import { gateOf } from './gate';
import { orderByDependencies } from './orderByDependencies';
import { sizeWaves } from './sizeWaves';
import { waitsForLibrary } from './waitsForLibrary';

const WAVES = [
  { repositories: 1 },
  { share: 0.05 },
  { share: 0.25 },
  { share: 1 },
];

it.each([
  [100, [1, 5, 25, 69]],
  [3, [1, 1, 1]],
  [1, [1]],
  [0, []],
])('shares %i repositories out to waves', (repositories, sizes) => {
  expect(sizeWaves(WAVES, repositories)).toEqual(sizes);
});

const node = (name: string, ...uses: string[]) => ({ id: name, name, uses });

it('puts libraries before their users, by name', () => {
  const nodes = [
    node('app', 'web', 'log'),
    node('web', 'log'),
    node('log'),
    node('a'),
  ];
  expect(orderByDependencies(nodes)).toEqual({
    order: ['a', 'log', 'web', 'app'],
    broken: [],
  });
});

it('breaks cycles, always at the same place, and not at those that wait for one', () => {
  const nodes = [
    node('user', 'x'),
    node('z', 'x'),
    node('x', 'y', 'z'),
    node('y', 'x', 'elsewhere'),
  ];
  const ordered = orderByDependencies(nodes);
  expect(ordered).toEqual({
    order: ['y', 'x', 'user', 'z'],
    broken: [
      { user: 'y', library: 'x' },
      { user: 'x', library: 'z' },
    ],
  });
  expect(orderByDependencies([...nodes].reverse())).toEqual(ordered);
});

const NOW = new Date('2026-06-01T12:00:00Z');
const OPEN = {
  ...{ state: 'open' as const, remediationState: 'open' as const },
  ...{ effectAt: '2026-06-01T11:59:50Z' },
};
const change = (checks: 'passed' | 'pending' | 'none' | 'failed') => ({
  change: { state: 'open' as const, checks },
});

it.each([
  ['propose', change('passed'), 'good'],
  ['propose', change('pending'), 'open'],
  ['propose', change('failed'), 'open'],
  // None may still come.
  ['propose', change('none'), 'open'],
  ['propose', { ...change('none'), effectAt: '2026-06-01T11:59:00Z' }, 'good'],
  ['enforce', change('passed'), 'open'],
  ['enforce', { state: 'running', remediationState: 'settling' }, 'open'],
  ['enforce', { state: 'running', remediationState: 'verifying' }, 'good'],
  ['enforce', { state: 'healed', remediationState: 'recovered' }, 'good'],
  ['enforce', { state: 'failed', remediationState: 'reverted' }, 'bad'],
  ['propose', { state: 'cancelled', remediationState: 'cancelled' }, 'bad'],
] as const)('lets the next wave begin: %s, %j: %s', (level, given, is) => {
  const standing = { ...OPEN, level, change: null, ...given };
  expect(gateOf(standing, { settleSeconds: 30, now: NOW }).is).toBe(is);
});

const LIBRARY = {
  repositoryId: 'log',
  packages: [{ id: 1, ecosystem: 'npm', name: '@acme/log', newest: '1.2.0' }],
};
const release = (version: string, publishedAt: string | null = null) =>
  new Map([[1, { version, publishedAt }]]);

it.each([
  ['open', 'open', new Map(), 'library'],
  // Without a registry its good end is what counts.
  ['running', 'settling', new Map(), 'library'],
  ['healed', 'healed', new Map(), null],
  ['healed', 'healed', release('1.2.0'), 'release'],
  ['running', 'settling', release('1.10.0'), null],
  ['healed', 'healed', release('1.3.0', '2026-06-01T11:00:00Z'), 'release'],
  ['healed', 'healed', release('1.3.0', '2026-06-01T12:30:00Z'), null],
  ['failed', 'failed', new Map(), 'library-failed'],
  ['nothing', null, new Map(), null],
] as const)('waits for a library that is %s (%s)', (state, of, known, code) => {
  const standing = {
    ...{ repository: 'acme/log', state, remediationState: of },
    effectAt: '2026-06-01T12:00:00Z',
  } as never;
  expect(waitsForLibrary(LIBRARY, standing, known)?.reason.code ?? null).toBe(
    code,
  );
});
