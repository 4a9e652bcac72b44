import { render, renderHook, screen } from '@testing-library/react';
import { Portal } from './testing/Portal';
import { useLiveRepository } from './useLiveRepository';
import { refused } from './testing/World';

describe('useLiveRepository', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  async function open(portal: Portal, id = 'a') {
    let renders = 0;
    const rendered = renderHook(
      (props: { id: string }) => {
        renders += 1;
        return useLiveRepository(props);
      },
      { wrapper: portal.Wrapper, initialProps: { id } },
    );
    await portal.pass(300);
    await portal.hint('fleet');
    return { ...rendered, renders: () => renders };
  }

  it('shows a change with one request and one render', async () => {
    const portal = new Portal('a');
    const { result, renders } = await open(portal);
    expect(result.current).toMatchObject({
      status: 'ready',
      value: { score: 50 },
      live: { mode: 'live' },
    });
    portal.asked.length = 0;
    const before = renders();
    portal.change('a', { score: 70 });
    await portal.hint('a', 'fleet');
    expect(result.current.value?.score).toBe(70);
    expect(portal.asked).toEqual(['repository a']);
    expect(renders()).toBe(before + 1);
  });

  it('asks nothing when another repository changes', async () => {
    const portal = new Portal('a', 'b');
    await open(portal);
    portal.asked.length = 0;
    portal.change('b', { score: 70 });
    await portal.hint('fleet', 'b');
    expect(portal.asked).toEqual([]);
  });

  it('finds a change by asking when no hint comes', async () => {
    const portal = new Portal('a');
    const { result } = await open(portal);
    portal.change('a', { score: 70 });
    await portal.pass(15_000);
    expect(result.current.value?.score).toBe(70);
  });

  it('serves many widgets with one request', async () => {
    const portal = new Portal('a');
    const Score = () => {
      const { value } = useLiveRepository({ id: 'a' });
      return <p>{value?.score}</p>;
    };
    const { unmount } = render(
      <portal.Wrapper>
        <Score />
        <Score />
        <Score />
      </portal.Wrapper>,
    );
    await portal.pass(300);
    expect(screen.getAllByText('50')).toHaveLength(3);
    expect(portal.asked).toEqual(['repository a']);
    portal.change('a', { score: 71 });
    await portal.hint('a');
    expect(screen.getAllByText('71')).toHaveLength(3);
    expect(portal.asked).toEqual(['repository a', 'repository a']);
    unmount();
    await portal.pass(60_000);
    expect(portal.asked).toHaveLength(2);
    expect(portal.signals.channels()).toEqual([]);
  });

  it('keeps the value while offline, with the error and since when', async () => {
    const portal = new Portal('a');
    const { result } = await open(portal);
    portal.fails = refused(undefined);
    await portal.hint('fleet');
    portal.change('a', { score: 70 });
    await portal.hint('a');
    expect(result.current).toMatchObject({
      status: 'ready',
      value: { score: 50 },
      error: { message: 'Failed to fetch' },
      live: { mode: 'offline', reason: 'Failed to fetch' },
    });
    portal.fails = undefined;
    result.current.retry();
    await portal.pass(0);
    expect(result.current.value?.score).toBe(70);
    expect(result.current.error).toBeUndefined();
    expect(result.current.live.mode).toBe('live');
  });

  it('is an error without a value when there is none, and finds it when it comes', async () => {
    const portal = new Portal();
    const { result } = await open(portal);
    expect(result.current).toMatchObject({
      status: 'error',
      value: undefined,
      error: { statusCode: 404 },
      live: { mode: 'live' },
    });
    portal.change('a', { score: 70 });
    await portal.hint('a');
    expect(result.current).toMatchObject({
      status: 'ready',
      value: { score: 70 },
      error: undefined,
    });
  });

  it('never shows one repository as another', async () => {
    const portal = new Portal('a', 'b');
    const { result, rerender } = await open(portal);
    rerender({ id: 'b' });
    expect(result.current.value?.id).not.toBe('a');
    await portal.pass(0);
    expect(result.current.value?.id).toBe('b');
  });

  it('looks every 2 s while a reading is under way, for its end has no revision', async () => {
    const portal = new Portal('a');
    const { result } = await open(portal);
    portal.collecting = true;
    result.current.reload();
    await portal.pass(0);
    expect(result.current.value?.collecting).toBe(true);
    portal.collecting = false;
    await portal.pass(3_000);
    expect(result.current.value?.collecting).toBe(false);
  });
});
