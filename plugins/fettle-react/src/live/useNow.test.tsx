import { act, render } from '@testing-library/react';
import { useNow } from './useNow';

describe('useNow', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('ticks for all ages of a page with one timer, which ends with the last', () => {
    const Clock = () => <i>{useNow(1_000).getTime()}</i>;
    const { container, unmount } = render(
      <>
        <Clock />
        <Clock />
      </>,
    );
    const start = Date.now();
    expect(jest.getTimerCount()).toBe(1);
    act(() => {
      jest.advanceTimersByTime(3_000);
    });
    expect([...container.children].map(one => one.textContent)).toEqual([
      String(start + 3_000),
      String(start + 3_000),
    ]);
    unmount();
    expect(jest.getTimerCount()).toBe(0);
  });
});
