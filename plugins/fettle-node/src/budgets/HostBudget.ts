import type { HostStatus, Reason } from 'backstage-plugin-fettle-common';
import type { CallBudget, CallPurpose } from '../contracts/CallBudgets';
import { SourceError } from '../contracts/SourceError';

const HOUR_MS = 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/** What may be asked of one host, by what the host itself says of its limit. */
export class HostBudget implements CallBudget {
  #limit: number | null = null;
  #remaining: number | null = null;
  #resetAt: Date | null = null;
  #retryAt: Date | null = null;
  #observedAt: Date | null = null;
  #succeededAt: Date | null = null;
  #error: Reason | null = null;
  #errorAt: Date | null = null;
  #skewMs: number | null = null;
  /** Calls by minute, for the last hour. */
  readonly #minutes = new Map<number, number>();

  constructor(
    private readonly options: {
      host: string;
      reserve: number;
      clock: () => Date;
    },
  ) {}

  spend(purpose: CallPurpose): void {
    const until = this.#blockedUntil(purpose);
    if (until) {
      const { host, reserve } = this.options;
      const left =
        purpose === 'routine' && (this.#remaining ?? 0) > 0
          ? ` What is left (${this.#remaining} of ${
              this.#limit
            }) is kept for people: fettle.hosts.${host}.reserve is ${reserve}.`
          : '';
      throw new SourceError(
        'rate-limited',
        `${host} takes no more requests until ${until.toISOString()}.${left}`,
        'Fettle goes on by itself then.',
      );
    }
    const minute = Math.floor(this.options.clock().getTime() / MINUTE_MS);
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + 1);
    for (const old of this.#minutes.keys()) {
      if (old <= minute - 60) this.#minutes.delete(old);
    }
    // Until the next answer says how many are left.
    if (this.#remaining) this.#remaining -= 1;
  }

  observe(rate: {
    limit?: number;
    remaining?: number;
    resetAt?: Date;
    retryAt?: Date;
  }): void {
    this.#observedAt = this.options.clock();
    if (rate.limit !== undefined) this.#limit = rate.limit;
    if (rate.remaining !== undefined) this.#remaining = rate.remaining;
    if (rate.resetAt) this.#resetAt = rate.resetAt;
    if (rate.retryAt) this.#retryAt = rate.retryAt;
  }

  succeeded(date?: string): void {
    const now = this.options.clock();
    this.#succeededAt = now;
    this.#error = null;
    this.#errorAt = null;
    const theirs = date ? Date.parse(date) : NaN;
    // The header counts in seconds: less than two are no difference.
    if (!Number.isNaN(theirs)) {
      const skew = theirs - now.getTime();
      this.#skewMs = Math.abs(skew) < 2_000 ? 0 : skew;
    }
  }

  failed(error: SourceError): void {
    this.#error = error.toReason();
    this.#errorAt = this.options.clock();
  }

  status(): HostStatus {
    const now = this.options.clock().getTime();
    const blocked = this.#blockedUntil('routine');
    const minute = Math.floor(now / MINUTE_MS);
    let calls = 0;
    for (const [at, count] of this.#minutes) {
      if (at > minute - HOUR_MS / MINUTE_MS) calls += count;
    }
    return {
      host: this.options.host,
      state: this.#state(blocked),
      limit: this.#limit,
      remaining: this.#remaining,
      resetAt: this.#resetAt?.toISOString() ?? null,
      observedAt: this.#observedAt?.toISOString() ?? null,
      reserve: this.options.reserve,
      blockedUntil: blocked?.toISOString() ?? null,
      calls,
      lastSuccessAt: this.#succeededAt?.toISOString() ?? null,
      error: this.#error,
      errorAt: this.#errorAt?.toISOString() ?? null,
      clockSkewMs: this.#skewMs,
    };
  }

  #state(blocked: Date | null): HostStatus['state'] {
    if (blocked) return 'waiting';
    if (this.#error) return 'failing';
    return this.#succeededAt ? 'ok' : 'unused';
  }

  #blockedUntil(purpose: CallPurpose): Date | null {
    const now = this.options.clock();
    if (this.#retryAt && this.#retryAt > now) return this.#retryAt;
    if (this.#remaining === null || !this.#resetAt || this.#resetAt <= now) {
      return null;
    }
    const kept =
      purpose === 'routine' ? (this.#limit ?? 0) * this.options.reserve : 0;
    return this.#remaining <= kept ? this.#resetAt : null;
  }
}
