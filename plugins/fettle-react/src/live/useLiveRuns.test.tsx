import { act, renderHook } from '@testing-library/react';
import type { RunState } from 'backstage-plugin-fettle-common';
import type { RunListQuery } from './readers/RunListQuery';
import { Portal, run } from './testing/Portal';
import { useLiveRuns } from './useLiveRuns';

const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString();
const nth = (n: number, state: RunState = 'succeeded', revision = 1) =>
  run(n, { state, revision, queuedAt: at(n), seenAt: at(n) });

describe('useLiveRuns', () => {
  let portal: Portal;
  beforeEach(() => {
    jest.useFakeTimers();
    portal = new Portal('a');
    portal.runs = [nth(3), nth(2), nth(1)];
  });
  afterEach(() => jest.useRealTimers());

  async function show(query: RunListQuery = {}, held = false) {
    const { result, rerender } = renderHook(
      (props: { held: boolean }) => useLiveRuns('a', query, props.held),
      { wrapper: portal.Wrapper, initialProps: { held } },
    );
    await portal.pass(400);
    await portal.hint('fleet');
    const ids = () => result.current.rows.map(({ number }) => number).join(' ');
    return { result, rerender, ids };
  }

  it('puts a new run on top when a hint tells of it, with one request', async () => {
    const { ids, result } = await show();
    expect(ids()).toBe('3 2 1');
    portal.runs = [nth(4, 'running', 2), ...portal.runs];
    portal.revision = 2;
    const before = portal.asked.length;
    await portal.hint('pipelines:a');
    expect(ids()).toBe('4 3 2 1');
    expect([...result.current.arrived]).toEqual(['run4']);
    expect(portal.asked.slice(before)).toEqual(['list runs a']);
  });

  it('finds a new run by asking when hints are silent', async () => {
    const { ids } = await show();
    portal.runs = [nth(4, 'running', 2), ...portal.runs];
    portal.revision = 2;
    await portal.pass(16_000);
    expect(portal.asked).toContain('runs 1');
    expect(ids()).toBe('4 3 2 1');
  });

  it('does not load when a poll says that no run changed', async () => {
    await show();
    portal.revision = 9;
    const before = portal.asked.length;
    await portal.pass(16_000);
    expect(portal.asked.slice(before)).not.toContain('list runs a');
  });

  it('lets new runs wait while the list is held, and shows them when it no longer is', async () => {
    const { ids, result, rerender } = await show({}, true);
    portal.runs = [nth(4, 'running', 2), ...portal.runs];
    portal.revision = 2;
    await portal.hint('pipelines:a');
    expect(ids()).toBe('3 2 1');
    expect(result.current.fresh).toHaveLength(1);
    portal.runs = [nth(4, 'failed', 3), ...portal.runs.slice(1)];
    portal.revision = 3;
    await portal.hint('pipelines:a');
    expect(result.current.fresh).toMatchObject([{ state: 'failed' }]);
    rerender({ held: false });
    expect(ids()).toBe('4 3 2 1');
    expect(result.current.fresh).toHaveLength(0);
  });

  it('renews a row where it stands, also where it leaves the filter', async () => {
    portal.runs = [nth(3, 'running'), nth(2, 'succeeded'), nth(1, 'running')];
    const { ids, result } = await show({ state: ['running'] });
    expect(ids()).toBe('3 1');
    portal.runs = [nth(3, 'failed', 2), nth(2), nth(1, 'running')];
    portal.revision = 2;
    await portal.hint('pipelines:a');
    expect(ids()).toBe('3 1');
    expect(result.current.rows[0].state).toBe('failed');
  });

  it('takes in only new runs that match the filter', async () => {
    const { ids } = await show({ state: ['failed'] });
    portal.runs = [nth(5, 'failed', 2), nth(4, 'running', 2), ...portal.runs];
    portal.revision = 2;
    await portal.hint('pipelines:a');
    expect(ids()).toBe('5');
  });

  it('loads older runs by pages, and takes in new ones meanwhile', async () => {
    portal.runs = Array.from({ length: 120 }, (_, i) => nth(120 - i));
    const { result } = await show();
    expect(result.current.rows).toHaveLength(50);
    act(() => result.current.loadMore());
    await portal.pass(0);
    expect(result.current.rows).toHaveLength(100);
    portal.runs = [nth(121, 'running', 2), ...portal.runs];
    portal.revision = 2;
    await portal.hint('pipelines:a');
    expect(result.current.rows).toHaveLength(101);
    act(() => result.current.loadMore());
    await portal.pass(0);
    expect(result.current.hasMore).toBe(false);
    expect(result.current.rows.map(({ id }) => id)).toEqual(
      portal.runs.map(({ id }) => id),
    );
  });

  it('reads the newest page when there are too many changes to list', async () => {
    const { ids } = await show();
    portal.manyRuns = true;
    portal.runs = [nth(4, 'running', 2), nth(3, 'failed', 2), nth(2), nth(1)];
    portal.revision = 2;
    await portal.hint('pipelines:a');
    expect(ids()).toBe('4 3 2 1');
  });

  it('keeps what it shows when the backend fails, and says why', async () => {
    const { ids, result } = await show();
    portal.fails = new TypeError('Failed to fetch');
    portal.revision = 2;
    await portal.hint('pipelines:a');
    expect(ids()).toBe('3 2 1');
    expect(result.current.error?.message).toBe('Failed to fetch');
    expect(result.current.live.mode).toBe('offline');
  });
});
