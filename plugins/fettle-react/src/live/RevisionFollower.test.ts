import type { Changes } from 'backstage-plugin-fettle-common';
import { answer, deferred, refused, World } from './testing/World';

describe('RevisionFollower', () => {
  let world: World;

  beforeEach(() => {
    jest.useFakeTimers();
    world = new World();
  });
  afterEach(() => {
    world.end();
    jest.useRealTimers();
  });

  it('loads without waiting for the live channel, and is live from its first sign of life', async () => {
    world.follow();
    await world.pass(0);
    expect(world.loads).toBe(1);
    expect(world.live.mode).toBe('connecting');
    world.hint(10);
    expect(world.live).toMatchObject({ mode: 'live' });
    expect(world.live.checkedAt).toEqual(new Date(world.start));
  });

  it('fetches at once what a hint announces, with one request', async () => {
    await world.goLive();
    world.revision = 11;
    world.hint(11);
    expect(world.asks).toEqual([10]);
    await world.pass(0);
    expect(world.applied).toEqual([11]);
    expect(world.live.mode).toBe('live');
  });

  it.each([
    ['the same again', [10, 10, 10], []],
    ['older ones', [9, 3], []],
    ['newer ones in the wrong order', [12, 11], [10]],
    ['duplicates of a newer one', [11, 11], [10]],
  ])('of hints that are %s fetches what is needed', async (_, hints, asks) => {
    await world.goLive();
    world.revision = 12;
    hints.forEach(revision => world.hint(revision));
    await world.pass(0);
    expect(world.asks).toEqual(asks);
  });

  it('fetches once more after a fetch during which a newer hint came, and never twice at a time', async () => {
    await world.goLive();
    const first = deferred<Changes>();
    world.getChanges.mockReturnValueOnce(first.promise);
    world.hint(11);
    world.hint(12);
    world.hint(13);
    expect(world.asks).toEqual([10]);
    world.revision = 13;
    first.resolve(answer(11));
    await world.pass(0);
    expect(world.asks).toEqual([10, 11]);
    expect(world.applied).toEqual([11, 13]);
  });

  it('does not fetch again for a hint that the fetch under way already answered', async () => {
    await world.goLive();
    const first = deferred<Changes>();
    world.getChanges.mockReturnValueOnce(first.promise);
    world.hint(11);
    world.hint(12);
    first.resolve(answer(12));
    await world.pass(0);
    expect(world.asks).toEqual([10]);
  });

  it('asks every 15 s while all is well', async () => {
    await world.goLive();
    for (let at = 0; at < 60_000; at += 5_000) {
      await world.pass(5_000);
      world.hint(10);
    }
    expect(world.asks).toHaveLength(4);
    expect(world.live.mode).toBe('live');
  });

  it('finds a change whose hint was lost, and asks every 2 s until hints come again', async () => {
    await world.goLive();
    world.revision = 11;
    await world.pass(13_000);
    expect(world.live).toMatchObject({ mode: 'catching-up' });
    expect(world.applied).toEqual([11]);
    const before = world.asks.length;
    await world.pass(8_000);
    expect(world.asks.length - before).toBe(4);
    world.hint(11);
    expect(world.live.mode).toBe('live');
  });

  it('catches up while heartbeats lack a revision that was found by asking, then connects anew', async () => {
    await world.goLive();
    const beat = async () => {
      await world.pass(5_000);
      world.hint(10);
    };
    await beat();
    await beat();
    world.revision = 11;
    await world.pass(4_999);
    expect(world.asks).toEqual([]);
    await world.pass(1);
    expect(world.applied).toEqual([11]);
    expect(world.live.mode).toBe('live');
    await world.pass(1_000);
    expect(world.live).toMatchObject({
      mode: 'catching-up',
      reason: expect.stringContaining('unannounced'),
    });
    expect(world.subscribed()).toEqual(['fettle:fleet']);
    world.hint(10);
    await world.pass(5_000);
    expect(world.subscribed()).toEqual([]);
    await world.pass(8_000);
    expect(world.subscribed()).toEqual(['fettle:fleet']);
    world.hint(11);
    expect(world.live.mode).toBe('live');
  });

  it('loads anew when the backend says that changes do not tell it all', async () => {
    await world.goLive();
    world.getChanges.mockResolvedValueOnce({ ...answer(11), reset: true });
    world.revision = 11;
    world.hint(11);
    await world.pass(0);
    expect(world.loads).toBe(2);
    expect(world.live.mode).toBe('live');
    await world.pass(15_000);
    expect(world.asks).toContain(11);
  });

  it('loads anew when the revision goes backwards, and follows from there', async () => {
    await world.goLive();
    world.revision = 3;
    await world.pass(21_000);
    expect(world.loads).toBe(2);
    world.revision = 4;
    world.hint(4);
    await world.pass(0);
    expect(world.asks[world.asks.length - 1]).toBe(3);
    expect(world.applied).toEqual([4]);
    expect(world.live.mode).toBe('live');
  });

  it.each([401, 429, 500, 503, undefined])(
    'is offline after %s, keeps what it has and tries again every 2 s, then less often',
    async status => {
      await world.goLive();
      world.failWith(status);
      await world.pass(15_000);
      expect(world.live).toMatchObject({
        mode: 'offline',
        reason: refused(status).message,
        checkedAt: new Date(world.start),
      });
      const since = world.live.since;
      await world.pass(45_000);
      expect(world.live.since).toBe(since);
      expect(world.askedAt[0]).toBe(13);
      expect(world.pauses).toEqual([2, 2, 2, 4, 8, 10, 10]);
      world.work();
      await world.pass(10_000);
      expect(world.live.mode).not.toBe('offline');
      expect(world.follower.error).toBeUndefined();
    },
  );

  it.each([403, 404])(
    'takes %s on loading for an answer: shows it, stays live, and tries again',
    async status => {
      world.load.mockRejectedValueOnce(refused(status));
      world.follow();
      world.hint(10);
      await world.pass(0);
      expect(world.followed.error).toMatchObject({ statusCode: status });
      expect(world.live.mode).toBe('live');
      await world.pass(9_000);
      expect(world.loads).toBe(1);
      await world.pass(2_000);
      expect(world.loads).toBe(2);
      expect(world.followed.error).toBeUndefined();
    },
  );

  it.each([403, 404])('is offline when asking gives %s', async status => {
    await world.goLive();
    world.failWith(status);
    world.hint(11);
    await world.pass(0);
    expect(world.live.mode).toBe('offline');
  });

  it.each([
    ['the browser is online again', () => world.online()],
    ['someone asks to retry', () => world.follower.retry()],
  ])('tries again at once when %s', async (_, nudge) => {
    await world.goLive();
    world.failWith(500);
    await world.pass(60_000);
    expect(world.live.mode).toBe('offline');
    world.work();
    world.revision = 12;
    nudge();
    await world.pass(0);
    expect(world.live.mode).toBe('catching-up');
    expect(world.applied).toEqual([12]);
  });

  it('asks for nothing while hidden, and catches up at once when shown', async () => {
    await world.goLive();
    world.setHidden(true);
    world.revision = 14;
    world.hint(14);
    await world.pass(120_000);
    expect(world.asks).toEqual([]);
    world.setHidden(false);
    await world.pass(0);
    expect(world.asks).toEqual([10]);
    expect(world.applied).toEqual([14]);
  });

  it('aborts what is under way when nobody looks any more, and is quiet', async () => {
    const load = deferred<{ revision: number }>();
    world.load.mockReturnValueOnce(load.promise);
    world.follow();
    const [signal] = world.load.mock.calls[0];
    world.follower.remove(world.followed);
    world.follower.stop();
    expect(signal.aborted).toBe(true);
    const notified = world.onChange.mock.calls.length;
    load.resolve({ revision: 10 });
    await world.pass(60_000);
    expect(world.onChange).toHaveBeenCalledTimes(notified);
    expect(world.asks).toEqual([]);
    expect(world.subscribed()).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gives a request up that nobody answers', async () => {
    world.load.mockReturnValueOnce(new Promise(() => {}));
    world.follow();
    await world.pass(15_000);
    expect(world.live).toMatchObject({
      mode: 'offline',
      reason: expect.stringContaining('No answer within 15 s'),
    });
    await world.pass(2_000);
    expect(world.live.mode).not.toBe('offline');
  });

  it('asks every 2 s without signals, and says so', async () => {
    world.environment.signals = undefined;
    world.follow();
    await world.pass(0);
    expect(world.live).toMatchObject({
      mode: 'catching-up',
      reason: 'no live channel: asking every 2 s',
    });
    await world.pass(10_000);
    expect(world.asks).toHaveLength(5);
  });

  it('asks from the revision of the reader that holds least', async () => {
    await world.goLive();
    const load = jest.fn(async () => ({ revision: 7, partial: true }));
    const apply = jest.fn(() => ({ held: true, load: false }));
    load.mockResolvedValueOnce({ revision: 10, partial: false });
    const other = world.follower.add(
      { load, apply, loadsOnHint: false, gapMs: 0 },
      () => {},
    );
    await world.pass(0);
    // A page of rows that was read at an older revision than the rest.
    other.task.want('now');
    await world.pass(0);
    expect(world.asks).toEqual([7]);
    expect(apply).toHaveBeenCalledTimes(1);
    expect(other.revision).toBe(10);
    expect(world.applied).toEqual([]);
  });

  describe('with a reader that loads on hints', () => {
    it('loads at once without asking first, and notifies once', async () => {
      await world.goLive({ loadsOnHint: true });
      world.revision = 11;
      const notified = world.onChange.mock.calls.length;
      world.hint(11);
      await world.pass(0);
      expect(world.loads).toBe(2);
      expect(world.asks).toEqual([]);
      expect(world.onChange).toHaveBeenCalledTimes(notified + 1);
    });

    it('loads the first of a burst at once and the rest together, no sooner than the gap', async () => {
      await world.goLive({ loadsOnHint: true, gapMs: 500 });
      await world.pass(1_000);
      for (let i = 11; i < 16; i++) {
        world.revision = i;
        world.hint(i);
        await world.pass(20);
      }
      expect(world.loads).toBe(2);
      await world.pass(500);
      expect(world.loads).toBe(3);
      await world.pass(5_000);
      expect(world.loads).toBe(3);
    });
  });
});
