import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * The width of an element in pixels; `initial` until it was measured.
 *
 * @public
 */
export function useWidth(
  element: RefObject<HTMLElement>,
  initial: number,
): number {
  const [width, setWidth] = useState(initial);
  // Before it is painted: a first picture that is too wide would let the page scroll sideways.
  useLayoutEffect(() => {
    const target = element.current;
    if (!target || typeof ResizeObserver === 'undefined') return undefined;
    if (target.clientWidth > 0) setWidth(target.clientWidth);
    const observer = new ResizeObserver(entries => {
      const measured = entries[entries.length - 1].contentRect.width;
      if (measured > 0) setWidth(measured);
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
