import { CollectQueue } from './CollectQueue';

function harness(concurrency: number) {
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  const queue = new CollectQueue((id, signal) => {
    started.push(id);
    return new Promise<void>((resolve, reject) => {
      finish.set(id, resolve);
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }, concurrency);
  return {
    queue,
    started,
    end: async (id: string) => {
      finish.get(id)!();
      await new Promise(setImmediate);
    },
  };
}

describe('CollectQueue', () => {
  it('runs no more routine readings at a time than allowed', async () => {
    const { queue, started, end } = harness(2);
    for (const id of ['a', 'b', 'c']) queue.add(id, 'routine').catch(() => {});
    expect(started).toEqual(['a', 'b']);
    await end('a');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('lets what is urgent pass what is routine, within twice the limit', () => {
    const { queue, started } = harness(1);
    for (const id of ['a', 'b']) queue.add(id, 'routine').catch(() => {});
    for (const id of ['x', 'y']) queue.add(id, 'now').catch(() => {});
    expect(started).toEqual(['a', 'x']);
  });

  it('reads once more after a change during a reading, however many there were', async () => {
    const { queue, started, end } = harness(2);
    queue.add('a', 'now').catch(() => {});
    const second = queue.add('a', 'now');
    expect(queue.add('a', 'routine')).toBe(second);
    expect(started).toEqual(['a']);
    await end('a');
    expect(started).toEqual(['a', 'a']);
    await end('a');
    await second;
    expect(started).toEqual(['a', 'a']);
    expect(queue.has('a')).toBe(false);
  });

  it('goes on after a reading that could not be stored', async () => {
    let calls = 0;
    const queue = new CollectQueue(async () => {
      calls += 1;
      throw new Error('database gone');
    }, 1);
    await expect(queue.add('a', 'now')).rejects.toThrow('database gone');
    await expect(queue.add('a', 'now')).rejects.toThrow('database gone');
    expect(calls).toBe(2);
  });

  it('stops what runs and forgets what waits', async () => {
    const { queue, started } = harness(1);
    const running = queue.add('a', 'routine');
    const waiting = queue.add('b', 'routine');
    const outcomes = Promise.allSettled([running, waiting]);
    await queue.stop();
    expect((await outcomes).map(o => o.status)).toEqual([
      'rejected',
      'fulfilled',
    ]);
    expect(started).toEqual(['a']);
  });
});
