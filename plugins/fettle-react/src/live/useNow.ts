import { useEffect, useState } from 'react';

interface Clock {
  listeners: Set<(now: Date) => void>;
  timer?: ReturnType<typeof setInterval>;
}

/** One clock for each interval, however many ages a page shows. */
const clocks = new Map<number, Clock>();

function listen(intervalMs: number, listener: (now: Date) => void) {
  const clock: Clock = clocks.get(intervalMs) ?? { listeners: new Set() };
  clocks.set(intervalMs, clock);
  clock.listeners.add(listener);
  clock.timer ??= setInterval(() => {
    const now = new Date();
    clock.listeners.forEach(tell => tell(now));
  }, intervalMs);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0) return;
    clearInterval(clock.timer);
    clocks.delete(intervalMs);
  };
}

/**
 * The time, renewed every `intervalMs`, so that ages count up by themselves.
 * All users of one interval share one timer and change in one render.
 *
 * @public
 */
export function useNow(intervalMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(shown => {
      const late = Date.now() - shown.getTime() >= intervalMs;
      return late ? new Date() : shown;
    });
    return listen(intervalMs, setNow);
  }, [intervalMs]);
  return now;
}
