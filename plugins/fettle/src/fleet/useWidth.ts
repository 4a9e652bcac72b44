import { useEffect, useState, type RefObject } from 'react';

const WIDE = 1200;

/** The width of an element in pixels; wide until it was measured. */
export function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(WIDE);
  useEffect(() => {
    const target = element.current;
    if (!target || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(entries => {
      const measured = entries[entries.length - 1].contentRect.width;
      if (measured > 0) setWidth(measured);
    });
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
