import { mockServices } from '@backstage/backend-test-utils';
import {
  SourceError,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import { Registry } from '../registry/Registry';
import type { CollectionFailure } from '../store/FettleStore';
import { Collector } from './Collector';

const now = new Date('2026-01-01T00:00:00Z');

function harness(
  snapshot: RepositorySource['snapshot'],
  options: {
    failures?: number;
    revision?: number | null;
    source?: string;
  } = {},
) {
  const { failures = 0, revision = 1, source = 'memory' } = options;
  const registry = new Registry();
  registry.addRepositorySource({
    id: 'memory',
    locate: () => undefined,
    discover: async () => ({ repositories: [], problems: [] }),
    reads: () => true,
    snapshot,
    readTree: async () => {
      throw new Error('not asked');
    },
  });
  const saved: CollectionFailure[] = [];
  const logger = mockServices.logger.mock();
  const onChange = jest.fn();
  const collector = new Collector({
    store: {
      getRepository: async (id: string) =>
        id === 'gone'
          ? undefined
          : { id, name: 'a/b', sourceId: source, subpaths: [''], failures },
      getFacts: async () => [],
      saveFailure: async (failure: CollectionFailure) => {
        saved.push(failure);
        return { revision };
      },
    } as any,
    registry,
    checks: [],
    logger,
    clock: () => now,
    everySeconds: 3600,
    timeoutSeconds: 0.05,
    onChange,
  });
  return { collector, saved, logger, onChange };
}

const untilAborted: RepositorySource['snapshot'] = (_location, { signal }) =>
  new Promise((_resolve, reject) => {
    const end = () => reject(new Error('aborted'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
const unreachable: RepositorySource['snapshot'] = async () => {
  throw new SourceError('unreachable', 'a/b does not answer.', 'Wait.');
};
const live = () => new AbortController().signal;

describe('Collector', () => {
  it('stores why a source failed, and tells of it', async () => {
    const { collector, saved, logger, onChange } = harness(unreachable);
    await collector.collect('r', live());
    expect(saved).toMatchObject([
      {
        repositoryId: 'r',
        reason: { code: 'unreachable', message: 'a/b does not answer.' },
      },
    ]);
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('does not warn again of the failure that is already known', async () => {
    const { collector, logger } = harness(unreachable, { revision: null });
    await collector.collect('r', live());
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each([
    [0, 30],
    [3, 240],
    [50, 3600],
  ])(
    'after %d failures tries again in %d seconds',
    async (failures, seconds) => {
      const { collector, saved } = harness(unreachable, { failures });
      await collector.collect('r', live());
      expect(saved[0].dueAt.getTime() - now.getTime()).toBe(seconds * 1000);
    },
  );

  it('stops a reading that takes too long, and says so', async () => {
    const { collector, saved } = harness(untilAborted);
    await collector.collect('r', live());
    expect(saved[0].reason).toMatchObject({
      code: 'timeout',
      action: expect.stringContaining('fettle.collect.timeout'),
    });
  });

  it('stores nothing of a reading that was ended by a stop', async () => {
    const { collector, saved } = harness(untilAborted);
    const stop = new AbortController();
    const reading = collector.collect('r', stop.signal);
    stop.abort();
    await reading;
    expect(saved).toEqual([]);
  });

  it('says which source is missing, and what failed without a reason of its own', async () => {
    const foreign = harness(unreachable, { source: 'other' });
    await foreign.collector.collect('r', live());
    expect(foreign.saved[0].reason.message).toContain("source 'other'");
    const broken = harness(async () => {
      throw new TypeError('x is undefined');
    });
    await broken.collector.collect('r', live());
    expect(broken.saved[0].reason).toMatchObject({
      code: 'failed',
      message: 'Reading a/b failed: x is undefined',
    });
  });

  it('does nothing for a repository that is gone', async () => {
    const { collector, saved, onChange } = harness(unreachable);
    await collector.collect('gone', live());
    expect(saved).toEqual([]);
    expect(onChange).not.toHaveBeenCalled();
  });
});
