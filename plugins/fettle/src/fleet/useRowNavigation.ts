import { useEffect, useRef, type RefObject } from 'react';

/**
 * Lets the arrow keys walk the rows, and a click anywhere in a row follow its
 * link. Rows carry `data-index` and hold their link first.
 */
export function useRowNavigation(
  table: RefObject<HTMLElement>,
  rows: {
    count: number;
    /** The row that holds the focus when one of them does. */
    active: number;
    /** How far the page keys go. */
    page: number;
    /** Brings a row into being and into view. */
    show: (index: number) => void;
  },
): void {
  const latest = useRef(rows);
  latest.current = rows;

  useEffect(() => {
    const element = table.current;
    if (!element) return undefined;

    const focusRow = (wanted: number) => {
      const { count, show } = latest.current;
      const index = Math.min(count - 1, Math.max(0, wanted));
      show(index);
      requestAnimationFrame(() =>
        element
          .querySelector<HTMLElement>(`[data-index="${index}"] a`)
          ?.focus({ preventScroll: true }),
      );
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.target instanceof HTMLAnchorElement)) return;
      const { active, page, count } = latest.current;
      const targets: Record<string, number> = {
        ArrowDown: active + 1,
        ArrowUp: active - 1,
        PageDown: active + page,
        PageUp: active - page,
        Home: 0,
        End: count - 1,
      };
      if (!(event.key in targets)) return;
      event.preventDefault();
      focusRow(targets[event.key]);
    };
    // What says something on hover lies above the link that covers its row.
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest('a')) return;
      event.target
        .closest('[data-index]')
        ?.querySelector<HTMLElement>('a')
        ?.click();
    };
    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('click', onClick);
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('click', onClick);
    };
  }, [table]);
}
