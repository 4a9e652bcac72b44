import { renderHook } from '@testing-library/react';
import { Portal } from './testing/Portal';
import { useHistory } from './useHistory';
import { useLiveFleet } from './useLiveFleet';
import { useLiveRepositories } from './useLiveRepositories';

describe('useLiveFleet', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('shares one follower with the list beside it, and reads the numbers at most twice a second', async () => {
    const portal = new Portal('a');
    const { result } = renderHook(
      () => ({ fleet: useLiveFleet(), list: useLiveRepositories({}) }),
      { wrapper: portal.Wrapper },
    );
    await portal.pass(0);
    await portal.hint('fleet');
    expect([...portal.asked].sort()).toEqual(['activity', 'fleet', 'list']);
    await portal.pass(1_000);
    portal.asked.length = 0;
    for (let i = 0; i < 5; i++) {
      portal.change(`n${i}`, {});
      await portal.hint('fleet');
      await portal.pass(10);
    }
    expect(portal.asked.filter(what => what === 'fleet')).toHaveLength(1);
    await portal.pass(500);
    expect(portal.asked.filter(what => what === 'fleet')).toHaveLength(2);
    expect(
      portal.asked.filter(what => what.startsWith('changes')),
    ).toHaveLength(5);
    expect(result.current.fleet.fleet?.total).toBe(6);
    expect(result.current.fleet.live).toBe(result.current.list.live);
  });

  it('asks once for both while hints do not come', async () => {
    const portal = new Portal('a');
    renderHook(() => [useLiveFleet(), useLiveRepositories({})], {
      wrapper: portal.Wrapper,
    });
    await portal.pass(0);
    portal.asked.length = 0;
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
    await portal.pass(10_000);
    random.mockRestore();
    expect(portal.asked.length).toBeGreaterThanOrEqual(3);
    expect(portal.asked.length).toBeLessThanOrEqual(6);
    expect(new Set(portal.asked)).toEqual(new Set(['changes 1']));
  });
});

describe('useHistory', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('reads once for each revision, and keeps what it has when that fails', async () => {
    const portal = new Portal('a');
    const { result, rerender } = renderHook(
      ({ revision }) => useHistory('a', '', revision),
      { wrapper: portal.Wrapper, initialProps: { revision: 1 } },
    );
    expect(result.current.status).toBe('loading');
    await portal.pass(0);
    rerender({ revision: 1 });
    await portal.pass(0);
    expect(portal.asked).toEqual(['history a']);
    portal.fails = new Error('down');
    rerender({ revision: 2 });
    await portal.pass(0);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: { days: [] },
      error: { message: 'down' },
    });
    portal.fails = undefined;
    await portal.pass(10_000);
    expect(result.current.error).toBeUndefined();
  });
});
