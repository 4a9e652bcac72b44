import { act, renderHook } from '@testing-library/react';
import { Portal, summary } from './testing/Portal';
import { useLiveRepositories } from './useLiveRepositories';

describe('useLiveRepositories', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  async function open(portal: Portal, query: { search?: string } = {}) {
    const rendered = renderHook(
      () => useLiveRepositories({ sort: 'name', limit: 2, ...query }),
      { wrapper: portal.Wrapper },
    );
    await portal.pass(0);
    await portal.hint('fleet');
    portal.asked.length = 0;
    const names = () => rendered.result.current.rows.map(row => row.name);
    return { ...rendered, names };
  }

  it('loads page after page, each once', async () => {
    const portal = new Portal('a', 'b', 'c', 'd', 'e');
    const { result, names } = await open(portal);
    expect(names()).toEqual(['a', 'b']);
    expect(result.current).toMatchObject({ total: 5, hasMore: true, fresh: 0 });
    act(() => {
      result.current.loadMore();
      result.current.loadMore();
    });
    await portal.pass(0);
    expect(portal.asked).toEqual(['list']);
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    act(() => result.current.loadMore());
    await portal.pass(0);
    expect(names()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(result.current.hasMore).toBe(false);
    act(() => result.current.loadMore());
    await portal.pass(0);
    expect(portal.asked).toEqual(['list', 'list']);
  });

  it('writes a change into its row with one request, without moving it', async () => {
    const portal = new Portal('a', 'b');
    const { result, names } = await open(portal);
    portal.change('a', { name: 'z', score: 99 });
    await portal.hint('fleet');
    expect(portal.asked).toEqual(['changes 1']);
    expect(names()).toEqual(['z', 'b']);
    expect(result.current).toMatchObject({ moved: true, fresh: 0 });
    expect(result.current.rows[0].score).toBe(99);
    act(() => result.current.showFresh());
    await portal.pass(0);
    expect(names()).toEqual(['b', 'z']);
    expect(result.current.moved).toBe(false);
  });

  it('announces rows that appeared, and shows them when asked to', async () => {
    const portal = new Portal('b', 'c');
    const { result, names } = await open(portal);
    portal.change('a', {});
    await portal.hint('fleet');
    await portal.pass(5_000);
    expect(names()).toEqual(['b', 'c']);
    expect(result.current).toMatchObject({ fresh: 1, total: 3 });
    act(() => result.current.showFresh());
    await portal.pass(0);
    expect(names()).toEqual(['a', 'b']);
    expect(result.current.fresh).toBe(0);
  });

  it('does not announce rows that change on pages not loaded, nor old rows that move up', async () => {
    const portal = new Portal('a', 'b', 'c', 'd', 'e');
    const { result } = await open(portal);
    portal.change('e', { score: 1 });
    portal.change('a', { name: 'z' });
    await portal.hint('fleet');
    await portal.pass(5_000);
    expect(result.current.fresh).toBe(0);
  });

  it('counts rows that no longer match, and leaves them where they are', async () => {
    const portal = new Portal('xa', 'xb');
    const { result, names } = await open(portal, { search: 'x' });
    portal.change('xa', { name: 'a' });
    await portal.hint('fleet');
    await portal.pass(5_000);
    expect(names()).toEqual(['a', 'xb']);
    expect(result.current.total).toBe(1);
  });

  it('keeps what is shown while the loaded pages are read anew', async () => {
    const portal = new Portal('a', 'b', 'c', 'd');
    const { result, names } = await open(portal);
    act(() => result.current.loadMore());
    await portal.pass(0);
    portal.rows = new Map([['n', summary('n')]]);
    portal.revision = 0;
    let answerNow = () => {};
    portal.gate = new Promise(resolve => {
      answerNow = resolve;
    });
    await portal.pass(16_000);
    expect(portal.asked[portal.asked.length - 1]).toBe('list');
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    answerNow();
    await portal.pass(2_000);
    expect(names()).toEqual(['n']);
    expect(result.current.total).toBe(1);
  });
});
