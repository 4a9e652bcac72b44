import type { Changes } from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { FollowedReader } from '../FollowedReader';
import { LiveChannel } from '../LiveChannel';
import { browserEnvironment, type LiveEnvironment } from '../LiveEnvironment';
import type { Loaded, LiveReader } from '../LiveReader';
import { RevisionFollower } from '../RevisionFollower';
import type { Cause } from '../SerialTask';

/** The answer of a backend that is at a revision. */
export function answer(revision: number): Changes {
  return { revision, items: [], reset: false, changed: true };
}

/** The error of an answer with a status; without one, of no answer. */
export function refused(status: number | undefined): Error {
  if (status === undefined) return new TypeError('Failed to fetch');
  return Object.assign(new Error(`Request failed with ${status}`), {
    statusCode: status,
  });
}

export function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A signals service that a test speaks through. */
export class Signals {
  readonly #subscriptions: {
    channel: string;
    callback: (message: any) => void;
  }[] = [];

  subscribe(channel: string, callback: (message: any) => void) {
    const subscription = { channel, callback };
    this.#subscriptions.push(subscription);
    return {
      unsubscribe: () => {
        const index = this.#subscriptions.indexOf(subscription);
        if (index >= 0) this.#subscriptions.splice(index, 1);
      },
    };
  }

  channels(): string[] {
    return this.#subscriptions.map(({ channel }) => channel);
  }

  send(channel: string, message: unknown): void {
    this.#subscriptions
      .filter(subscription => subscription.channel === channel)
      .forEach(({ callback }) => callback(message));
  }
}

/** A page that follows the fleet, and the world around it; needs fake timers. */
export class World {
  readonly start = Date.now();
  readonly signals = new Signals();
  readonly #shows = new Set<() => void>();
  readonly #onlines = new Set<() => void>();
  #hidden = false;
  revision = 10;
  applied: number[] = [];
  /** Seconds after the start at which it asked in vain. */
  askedAt: number[] = [];
  readonly environment: LiveEnvironment = {
    ...browserEnvironment(this.signals),
    random: () => 0.5,
    isHidden: () => this.#hidden,
    onVisibilityChange: callback => {
      this.#shows.add(callback);
      return () => this.#shows.delete(callback);
    },
    onOnline: callback => {
      this.#onlines.add(callback);
      return () => this.#onlines.delete(callback);
    },
  };
  readonly getChanges = jest.fn<
    Promise<Changes>,
    Parameters<FettleApi['getChanges']>
  >();
  readonly load = jest.fn<Promise<Loaded>, [AbortSignal, Cause]>();
  readonly onChange = jest.fn();
  follower!: RevisionFollower;
  followed!: FollowedReader;

  constructor() {
    this.work();
  }

  get live() {
    return this.follower.live;
  }

  get asks() {
    return this.getChanges.mock.calls.map(([{ since }]) => since);
  }

  /** Seconds between one ask and the next. */
  get pauses() {
    return this.askedAt.slice(1).map((at, index) => at - this.askedAt[index]);
  }

  get loads() {
    return this.load.mock.calls.length;
  }

  subscribed() {
    return this.signals.channels();
  }

  work() {
    this.getChanges.mockImplementation(async () => answer(this.revision));
    this.load.mockImplementation(async () => ({ revision: this.revision }));
  }

  failWith(status: number | undefined) {
    this.getChanges.mockImplementation(() => {
      this.askedAt.push((Date.now() - this.start) / 1000);
      return Promise.reject(refused(status));
    });
  }

  follow(reader: Partial<LiveReader> = {}) {
    this.follower = new RevisionFollower({
      scope: 'fleet',
      api: { getChanges: this.getChanges },
      environment: this.environment,
      channel: new LiveChannel(this.environment),
    });
    this.followed = this.follower.add(
      {
        load: this.load,
        apply: ({ revision }) => {
          this.applied.push(revision);
          return { held: true, load: false };
        },
        loadsOnHint: false,
        gapMs: 0,
        ...reader,
      },
      this.onChange,
    );
  }

  async goLive(reader?: Partial<LiveReader>) {
    this.follow(reader);
    await this.pass(0);
    this.hint(this.revision);
    expect(this.live.mode).toBe('live');
    expect(this.asks).toEqual([]);
  }

  hint(revision: number, scope = 'fleet') {
    this.signals.send(`fettle:${scope}`, { scope, revision });
  }

  async pass(ms: number) {
    await jest.advanceTimersByTimeAsync(ms);
  }

  setHidden(hidden: boolean) {
    this.#hidden = hidden;
    this.#shows.forEach(tell => tell());
  }

  online() {
    this.#onlines.forEach(tell => tell());
  }

  end() {
    this.follower.stop();
  }
}
