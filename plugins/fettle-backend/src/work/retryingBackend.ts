import { setTimeout as delay } from 'node:timers/promises';
import type { Backend } from 'openworkflow/internal';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;

/** Says whether trying again may help. */
export type IsTransient = (error: unknown) => boolean;

/** Does the work again while the database is away or locked for a moment. */
export async function retrying<T>(
  work: () => Promise<T>,
  isTransient: IsTransient,
): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || performance.now() > until) {
        throw error;
      }
      await delay(PAUSE_MS);
    }
  }
}

/**
 * Without this, a hiccup between two steps ends the whole run as failed.
 * Every call but one may be done twice: writes are fenced by the worker's id,
 * and a step attempt too many only counts as a start. A run without a key
 * would be created twice, so that error reaches the caller.
 */
export function retryingBackend(
  inner: Backend,
  isTransient: IsTransient,
): Backend {
  return new Proxy(inner, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') {
        return value;
      }
      if (property === 'createWorkflowRun' || property === 'stop') {
        return value.bind(target);
      }
      return (...args: unknown[]) =>
        retrying(async () => value.apply(target, args), isTransient);
    },
  });
}
