import { useEffect, useRef, useState } from 'react';

/**
 * What a value was before it last changed while being shown, and whether that
 * was a moment ago. Nothing has moved on the first render.
 *
 * @public
 */
export function useMoved<T>(
  value: T,
  forMs = 2500,
): { from: T | undefined; justMoved: boolean } {
  const last = useRef(value);
  const [moved, setMoved] = useState<{ from: T | undefined; count: number }>({
    from: undefined,
    count: 0,
  });
  const [settled, setSettled] = useState(0);

  useEffect(() => {
    if (Object.is(last.current, value)) return;
    const from = last.current;
    last.current = value;
    setMoved(before => ({ from, count: before.count + 1 }));
  }, [value]);

  useEffect(() => {
    if (moved.count === 0) return undefined;
    const timer = setTimeout(() => setSettled(moved.count), forMs);
    return () => clearTimeout(timer);
  }, [moved.count, forMs]);

  return { from: moved.from, justMoved: moved.count > settled };
}
