import { isError } from '@backstage/errors';
import type { LiveEnvironment } from './LiveEnvironment';

/** The server repeats its newest hint every 5 s; two may be lost. */
export const SILENCE_MS = 12_000;
/** How often to ask when hints come. */
export const CALM_MS = 15_000;
/** How often to ask when they do not. */
export const EAGER_MS = 2_000;
/** A request without an answer for this long has failed. */
export const REQUEST_TIMEOUT_MS = 15_000;
/** How long fetching what a hint announced may take before it counts as being behind. */
export const BEHIND_AFTER_MS = 1_000;
/** A heartbeat and a bit: after this the hint of a revision that was found by asking is lost. */
export const HINT_LOST_AFTER_MS = 6_000;

const RETRIES_MS = [2_000, 2_000, 2_000, 4_000, 8_000, 10_000];

/** Spreads requests of many pages by a quarter either way. */
export function jitter(ms: number, { random }: LiveEnvironment): number {
  return ms * (0.75 + 0.5 * random());
}

/** How long to wait after the nth failure in a row; the first is 1. */
export function retryDelay(error: Error, failures: number): number {
  const last = RETRIES_MS.length - 1;
  // What is refused now will most likely be refused in two seconds.
  return RETRIES_MS[refusal(error) ? last : Math.min(failures - 1, last)];
}

/**
 * Whether the backend refused by a decision that trying harder will not change,
 * such as 403 or 404, rather than failing or asking for a new sign-in.
 */
export function refusal(error: Error): boolean {
  const status = isError(error) ? error.statusCode : undefined;
  return (
    typeof status === 'number' &&
    status >= 400 &&
    status < 500 &&
    ![401, 408, 425, 429].includes(status)
  );
}
