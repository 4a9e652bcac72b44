import { act, renderHook } from '@testing-library/react';
import { useElapsed } from './useElapsed';

const NOW = Date.parse('2026-05-04T12:00:00.000Z');
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

describe('useElapsed', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.setSystemTime(NOW);
  });
  afterEach(() => jest.useRealTimers());

  const show = (startedAt: string | null, finishedAt: string | null = null) =>
    renderHook(
      (props: { running: boolean }) =>
        useElapsed({ startedAt, finishedAt }, props.running),
      { initialProps: { running: finishedAt === null } },
    ).result;
  const pass = (seconds: number) =>
    act(() => jest.advanceTimersByTime(seconds * 1000));

  it('counts up by itself while it runs', () => {
    const elapsed = show(at(-65));
    expect(elapsed.current).toBe(65_000);
    pass(3);
    expect(elapsed.current).toBe(68_000);
  });

  it('counts from when it was first seen where the host’s clock is ahead', () => {
    const elapsed = show(at(90));
    expect(elapsed.current).toBe(0);
    pass(5);
    expect(elapsed.current).toBe(5_000);
  });

  it('counts from the start, not the wait, of what it saw waiting', () => {
    const waiting: { startedAt: string | null; running: boolean } = {
      startedAt: null,
      running: false,
    };
    const { result, rerender } = renderHook(
      (run: typeof waiting) =>
        useElapsed({ startedAt: run.startedAt, finishedAt: null }, run.running),
      { initialProps: waiting },
    );
    pass(300);
    rerender({ startedAt: at(300), running: true });
    expect(result.current).toBe(0);
    pass(5);
    expect(result.current).toBe(5_000);
  });

  it('stands still when it is finished', () => {
    const elapsed = show(at(-60), at(-20));
    pass(5);
    expect(elapsed.current).toBe(40_000);
  });

  it('is never below nothing, also where it finished before it started', () => {
    expect(show(at(-20), at(-60)).current).toBe(0);
  });

  it('is not known of what did not start', () => {
    expect(show(null).current).toBeUndefined();
  });

  it('is not known of a time that is none', () => {
    expect(show('yesterday').current).toBeUndefined();
  });
});
