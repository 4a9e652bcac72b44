import { act, renderHook } from '@testing-library/react';
import { useMoved } from './useMoved';

describe('useMoved', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('has nothing to say about a value that is shown first', () => {
    const { result } = renderHook(() => useMoved(78));
    expect(result.current).toEqual({ from: undefined, justMoved: false });
  });

  it('keeps what the value was, and says for a moment that it moved', () => {
    const { result, rerender } = renderHook(({ value }) => useMoved(value), {
      initialProps: { value: 78 },
    });
    rerender({ value: 41 });
    expect(result.current).toEqual({ from: 78, justMoved: true });
    act(() => jest.advanceTimersByTime(2500));
    expect(result.current).toEqual({ from: 78, justMoved: false });
    rerender({ value: 66 });
    expect(result.current).toEqual({ from: 41, justMoved: true });
  });
});
