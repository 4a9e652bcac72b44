/** What the headers of an answer say of a limit. */
export interface Rate {
  limit?: number;
  remaining?: number;
  resetAt?: Date;
  retryAt?: Date;
}

/** Nobody is made to wait longer by a header. */
const MOST_MS = 60 * 60 * 1000;
/** Greater is a time, smaller a number of seconds. */
const EPOCH = 1_000_000_000;

/**
 * What hosts, or what stands before them, say in the usual headers:
 * `RateLimit-*` or `X-RateLimit-*`, whose time counts from now or from 1970,
 * and `Retry-After` in seconds or as a date.
 */
export function rateOf(headers: Headers, now: Date): Rate {
  const number = (name: string): number | undefined => {
    const value =
      headers.get(`ratelimit-${name}`) ?? headers.get(`x-ratelimit-${name}`);
    // `100, 100;w=60` says the limit first, and then how it counts.
    const first = value?.split(/[,;]/)[0].trim();
    return first && /^\d+(\.\d+)?$/.test(first) ? Number(first) : undefined;
  };
  const reset = number('reset');
  return {
    limit: number('limit'),
    remaining: number('remaining'),
    resetAt: reset === undefined ? undefined : timeAt(reset, now),
    retryAt: retryAt(headers.get('retry-after'), now),
  };
}

/** When to ask again after a refusal that names no time. */
export function retryTime({ retryAt: named, resetAt }: Rate, now: Date): Date {
  if (named) return named;
  const most = now.getTime() + MOST_MS;
  return resetAt && resetAt > now
    ? new Date(Math.min(resetAt.getTime(), most))
    : new Date(now.getTime() + 60_000);
}

function timeAt(value: number, now: Date): Date {
  return new Date(value > EPOCH ? value * 1000 : now.getTime() + value * 1000);
}

function retryAt(value: string | null, now: Date): Date | undefined {
  if (!value) return undefined;
  const at = /^\d+$/.test(value.trim())
    ? now.getTime() + Number(value) * 1000
    : Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  return new Date(Math.min(at, now.getTime() + MOST_MS));
}
