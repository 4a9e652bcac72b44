import { useEffect, useRef } from 'react';

/**
 * The value, or the last one while the next is on its way: a page that is
 * narrowed does not vanish meanwhile.
 *
 * @public
 */
export function useKept<T>(value: T | undefined): T | undefined {
  const last = useRef<T>();
  useEffect(() => {
    if (value !== undefined) last.current = value;
  }, [value]);
  return value ?? last.current;
}
