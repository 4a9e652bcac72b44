import {
  FLEET_SCOPE,
  hintChannel,
  hintSchema,
  type Hint,
} from 'backstage-plugin-fettle-common';
import type { LiveEnvironment } from './LiveEnvironment';
import { SILENCE_MS } from './pace';

/** Subscribing twice before the first socket is open would open two. */
const STAGGER_MS = 300;

/** Going from one page to the next keeps the connection. */
const LINGER_MS = 5_000;

/**
 * The signals client tries again by itself 5 s after a socket broke (2 s later
 * when the other side is gone without a word), and closes whatever socket it
 * then has. Subscribing in between makes it drop a good connection every 5 s
 * from then on; so it stays without subscriptions until that time is over.
 */
const SETTLE_MS = 8_000;

export interface ChannelListener {
  /** Hints of the listener's own scope, and of the fleet. */
  onHint(hint: Hint): void;
  /** {@link LiveChannel.isHeard} may have changed. */
  onHeardChange(): void;
}

interface Subscriber {
  unsubscribe(): void;
}

/**
 * The one live connection of a page: hears hints, knows whether it is heard
 * from, and connects anew when the signals client gave up without saying so.
 */
export class LiveChannel {
  readonly #environment: LiveEnvironment;
  readonly #listeners = new Map<string, Set<ChannelListener>>();
  readonly #subscriptions = new Map<string, Subscriber>();
  #state: 'closed' | 'open' | 'settling' = 'closed';
  #openedAt = -Infinity;
  #connectedAt = -Infinity;
  #heardAt?: number;
  #wasHeard = false;
  #newest?: number;
  #reachable = true;
  /** When the last reason for silence other than a lost connection ended. */
  #excusedUntil = -Infinity;
  #cancelTimer?: () => void;
  #cancelWatch?: () => void;
  #stopVisibility?: () => void;

  constructor(environment: LiveEnvironment) {
    this.#environment = environment;
  }

  /** Whether the portal has signals at all. */
  get available(): boolean {
    return this.#environment.signals !== undefined;
  }

  /** The newest revision that any hint announced. */
  get newest(): number | undefined {
    return this.#newest;
  }

  /** Whether something was heard within the last 12 s. */
  isHeard(): boolean {
    return (
      this.#heardAt !== undefined &&
      this.#environment.now() - this.#heardAt < SILENCE_MS
    );
  }

  /** Whether the first sign of life may still be under way. */
  isYoung(): boolean {
    return (
      this.available &&
      this.#heardAt === undefined &&
      this.#environment.now() - this.#openedAt < SILENCE_MS
    );
  }

  /** Hears a scope until the result is called. */
  open(scope: string, listener: ChannelListener): () => void {
    const listeners = this.#listeners.get(scope) ?? new Set();
    this.#listeners.set(scope, listeners.add(listener));
    if (this.#state === 'closed') {
      this.#stopVisibility = this.#environment.onVisibilityChange(() => {
        if (!this.#environment.isHidden()) this.#excuse();
      });
      this.#openedAt = this.#environment.now();
      this.#connect();
    } else if (this.#state === 'open') {
      this.#cancelTimer?.();
      this.#subscribeAll();
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(scope);
      if (this.#listeners.size === 0) this.#linger();
      else if (scope !== FLEET_SCOPE) this.#unsubscribe(scope);
    };
  }

  /** A request was answered: from now on silence is the channel's fault. */
  answered(): void {
    if (this.#reachable) return;
    this.#reachable = true;
    this.#excuse();
  }

  /** A request failed: the signals client is retrying already, and is left to it. */
  unanswered(): void {
    this.#reachable = false;
  }

  /** Hints are being lost although some are heard: connects anew. */
  suspect(): void {
    this.#heardAt = undefined;
    this.#watch();
    if (this.#state === 'open') this.#disconnect();
  }

  /** The backend began counting anew: forgets what was announced before. */
  rebase(revision: number): void {
    this.#newest = revision;
  }

  #connect(): void {
    this.#state = 'open';
    this.#connectedAt = this.#environment.now();
    this.#excusedUntil = this.#connectedAt;
    this.#subscribe(FLEET_SCOPE);
    this.#subscribeAll();
    this.#watch();
  }

  #subscribeAll(): void {
    const wait = this.#connectedAt + STAGGER_MS - this.#environment.now();
    this.#cancelTimer = undefined;
    if (wait > 0) {
      this.#cancelTimer = this.#environment.after(wait, () =>
        this.#subscribeAll(),
      );
      return;
    }
    for (const scope of this.#listeners.keys()) this.#subscribe(scope);
  }

  #subscribe(scope: string): void {
    if (this.#subscriptions.has(scope)) return;
    const subscription = this.#environment.signals?.subscribe(
      hintChannel(scope),
      message => this.#hear(scope, message),
    );
    if (subscription) this.#subscriptions.set(scope, subscription);
  }

  #unsubscribe(scope: string): void {
    this.#subscriptions.get(scope)?.unsubscribe();
    this.#subscriptions.delete(scope);
  }

  #hear(scope: string, message: unknown): void {
    const parsed = hintSchema.safeParse(message);
    // Anyone can be on the wire; what is no hint of this channel proves nothing.
    if (!parsed.success || parsed.data.scope !== scope) return;
    const hint = parsed.data;
    this.#heardAt = this.#environment.now();
    this.#newest = Math.max(this.#newest ?? 0, hint.revision);
    const listeners =
      scope === FLEET_SCOPE
        ? [...this.#listeners.values()].flatMap(set => [...set])
        : [...(this.#listeners.get(scope) ?? [])];
    listeners.forEach(listener => listener.onHint(hint));
    this.#watch();
  }

  #disconnect(): void {
    this.#cancelTimer?.();
    this.#state = 'settling';
    for (const scope of [...this.#subscriptions.keys()]) {
      this.#unsubscribe(scope);
    }
    this.#cancelTimer = this.#environment.after(SETTLE_MS, () =>
      this.#connect(),
    );
  }

  #linger(): void {
    this.#cancelTimer?.();
    const settling = this.#state === 'settling';
    this.#cancelTimer = this.#environment.after(
      settling ? SETTLE_MS : LINGER_MS,
      () => {
        if (this.#listeners.size > 0) {
          if (settling) this.#connect();
          return;
        }
        for (const scope of [...this.#subscriptions.keys()]) {
          this.#unsubscribe(scope);
        }
        this.#state = 'closed';
        this.#heardAt = undefined;
        this.#wasHeard = false;
        this.#cancelWatch?.();
        this.#stopVisibility?.();
      },
    );
  }

  #excuse(): void {
    this.#excusedUntil = this.#environment.now();
    this.#watch();
  }

  /** Notices the beginning and end of silence, and ends a long one. */
  #watch(): void {
    this.#cancelWatch?.();
    if (!this.available || this.#state === 'closed') return;
    const now = this.#environment.now();
    const heard = this.isHeard();
    const wasHeard = this.#wasHeard;
    this.#wasHeard = heard;
    const silentFrom = Math.max(this.#heardAt ?? -Infinity, this.#excusedUntil);
    const overdue = !heard && now - silentFrom >= SILENCE_MS;
    if (overdue && this.#mayReconnect()) this.#disconnect();
    if (heard || this.#state === 'open') {
      const next = (heard ? this.#heardAt! : silentFrom) + SILENCE_MS;
      if (next > now) {
        this.#cancelWatch = this.#environment.after(next - now, () =>
          this.#watch(),
        );
      }
    }
    if (heard !== wasHeard || overdue) {
      for (const listeners of [...this.#listeners.values()]) {
        listeners.forEach(listener => listener.onHeardChange());
      }
    }
  }

  #mayReconnect(): boolean {
    return (
      this.#state === 'open' &&
      this.#reachable &&
      !this.#environment.isHidden() &&
      this.#listeners.size > 0
    );
  }
}
