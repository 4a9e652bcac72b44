import { useEffect, useRef, type RefObject } from 'react';

/**
 * Lets the arrow keys walk the buttons of a list. Rows carry `data-index`, and
 * their button an attribute of the list's own name, so that lists can hold
 * lists.
 */
export function useArrowKeys(
  list: RefObject<HTMLElement>,
  options: {
    /** Name of the attribute, for example `data-run-button`. */
    button: string;
    count: number;
    /** Brings a row into being and into view. */
    show?: (index: number) => void;
  },
): void {
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const { button, count, show } = latest.current;
      const { target } = event;
      if (!(target instanceof HTMLElement) || !target.hasAttribute(button)) {
        return;
      }
      const at = Number(
        target.closest<HTMLElement>('[data-index]')?.dataset.index,
      );
      const targets: Record<string, number> = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        Home: 0,
        End: count - 1,
      };
      if (!(event.key in targets)) return;
      event.preventDefault();
      event.stopPropagation();
      const index = Math.min(count - 1, Math.max(0, targets[event.key]));
      const focus = () =>
        element
          .querySelector<HTMLElement>(`[data-index="${index}"] [${button}]`)
          ?.focus();
      if (!show) {
        focus();
        return;
      }
      show(index);
      requestAnimationFrame(focus);
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [list]);
}
