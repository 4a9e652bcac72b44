import type { SignalApi } from '@backstage/plugin-signals-react';

/**
 * What following revisions needs of the world, so that a test can be the world.
 */
export interface LiveEnvironment {
  /** Milliseconds since the epoch. */
  now(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Calls back once after `ms`; the result cancels it. */
  after(ms: number, callback: () => void): () => void;
  isHidden(): boolean;
  /** Calls back when the document is hidden or shown; the result stops it. */
  onVisibilityChange(callback: () => void): () => void;
  /** Calls back when the browser is on a network again; the result stops it. */
  onOnline(callback: () => void): () => void;
  /** Absent where the portal has no signals. */
  signals?: Pick<SignalApi, 'subscribe'>;
}

function listen(target: EventTarget, event: string, callback: () => void) {
  target.addEventListener(event, callback);
  return () => target.removeEventListener(event, callback);
}

/** The real world. */
export function browserEnvironment(
  signals?: LiveEnvironment['signals'],
): LiveEnvironment {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    isHidden: () => document.visibilityState === 'hidden',
    onVisibilityChange: callback =>
      listen(document, 'visibilitychange', callback),
    onOnline: callback => listen(window, 'online', callback),
    signals,
  };
}
