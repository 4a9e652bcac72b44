import { useEffect, useState, type RefObject } from 'react';

/** Whether the place of an element is in view: the reader has not scrolled past it. */
export function useAtTop(element: RefObject<HTMLElement>): boolean {
  const [atTop, setAtTop] = useState(true);
  useEffect(() => {
    const target = element.current;
    if (!target || typeof IntersectionObserver === 'undefined') {
      return undefined;
    }
    const observer = new IntersectionObserver(entries =>
      setAtTop(entries[entries.length - 1].isIntersecting),
    );
    observer.observe(target);
    return () => observer.disconnect();
  });
  return atTop;
}
