import { mockServices } from '@backstage/backend-test-utils';
import {
  SourceError,
  type Release,
  type SourceErrorCode,
} from 'backstage-plugin-fettle-node';
import { Registry } from '../registry/Registry';
import type { DuePackage, ReleaseStore } from '../store/releases/ReleaseStore';
import { ReleaseKeeper } from './ReleaseKeeper';

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY = new Date('2026-03-02T12:00:00Z');
const HOUR = new Date('2026-03-01T13:00:00Z');

/** Keeps what is saved, in the order in which it comes. */
class ListedStore implements ReleaseStore {
  readonly saved: [number, unknown][] = [];
  asked: unknown;

  constructor(private readonly packages: DuePackage[]) {}

  async plan() {}

  async due(options: unknown) {
    this.asked = options;
    return this.packages;
  }

  async saveAnswer(id: number, answer: unknown) {
    this.saved.push([id, answer]);
  }

  async saveFailure(id: number, failure: unknown) {
    this.saved.push([id, failure]);
  }
}

async function run(
  names: string[],
  releases: (name: string) => Promise<Release[]>,
  signal = new AbortController().signal,
) {
  const store = new ListedStore(
    names.map((name, id) => ({ id, ecosystem: 'npm', name })),
  );
  const registry = new Registry();
  registry.addReleaseSource({
    ...{ id: 'npm', title: 'npm', ecosystems: ['npm'] },
    releases: ({ name }) => releases(name),
  });
  const keeper = new ReleaseKeeper({
    ...{ releases: store, registry, clock: () => NOW },
    logger: mockServices.logger.mock(),
    ...{ atOnce: 7, everySeconds: 24 * 60 * 60 },
  });
  await keeper.run(signal);
  return store;
}

const failing = (code: SourceErrorCode) =>
  new SourceError(code, `it is ${code}`, 'wait');

it('keeps the newest of each package for a day', async () => {
  const { saved, asked } = await run(['a', 'b'], async name =>
    name === 'a'
      ? [
          { version: '9.0.0' },
          { version: '10.0.0', publishedAt: '2026-01-01T00:00:00.000Z' },
          { version: '11.0.0-rc.1' },
        ]
      : [],
  );
  expect(asked).toMatchObject({ ecosystems: ['npm'], limit: 7 });
  const answer = { problem: null, at: NOW, dueAt: DAY };
  expect(saved).toEqual([
    [
      0,
      {
        ...answer,
        newest: { version: '10.0.0', publishedAt: '2026-01-01T00:00:00.000Z' },
      },
    ],
    [1, { ...answer, newest: null }],
  ]);
});

it.each<SourceErrorCode>(['not-found', 'invalid', 'too-large'])(
  'takes %s for an answer, and goes on',
  async code => {
    const { saved } = await run(['a', 'b'], async name => {
      if (name === 'a') throw failing(code);
      return [];
    });
    expect(saved).toMatchObject([
      [0, { newest: null, problem: { code, action: 'wait' }, dueAt: DAY }],
      [1, { problem: null }],
    ]);
  },
);

it('asks on where one answer could not be read', async () => {
  const { saved } = await run(['a', 'b'], async name => {
    if (name === 'a') throw failing('corrupt');
    return [];
  });
  expect(saved).toMatchObject([
    [0, { problem: { code: 'corrupt' }, dueAt: HOUR }],
    [1, { problem: null }],
  ]);
});

it.each<[string, Error]>([
  ['unreachable', failing('unreachable')],
  ['rate-limited', failing('rate-limited')],
  ['failed', new Error('a mistake')],
])('leaves a registry alone that is %s', async (code, error) => {
  const { saved } = await run(['a', 'b'], () => Promise.reject(error));
  expect(saved).toEqual([[0, { problem: expect.anything(), dueAt: HOUR }]]);
  expect(saved).toMatchObject([[0, { problem: { code } }]]);
});

it('saves nothing of what was cut short', async () => {
  const stop = new AbortController();
  const { saved } = await run(
    ['a', 'b'],
    async () => {
      stop.abort();
      throw failing('timeout');
    },
    stop.signal,
  );
  expect(saved).toEqual([]);
});
