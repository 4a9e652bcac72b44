import type { FettleApi } from '../api/FettleApi';
import type { FollowedReader } from './FollowedReader';
import { LiveChannel } from './LiveChannel';
import type { LiveEnvironment } from './LiveEnvironment';
import type { LiveReader } from './LiveReader';
import type { LiveState } from './LiveState';
import { RevisionFollower } from './RevisionFollower';
import type { Cause } from './SerialTask';

/** A hook's hold on a reader that it may share with others. */
export interface LiveHandle<R extends LiveReader> {
  readonly reader: R;
  readonly live: LiveState;
  readonly error: Error | undefined;
  want(cause: Cause): void;
  retry(): void;
  /** Lets go; the last to do so ends the requests. */
  release(): void;
}

interface Shared {
  reader: LiveReader;
  followed: FollowedReader;
  listeners: Set<() => void>;
}

interface Scope {
  follower: RevisionFollower;
  shared: Map<string, Shared>;
}

/**
 * Everything live in one portal: one connection, one follower for each scope,
 * one reader for each thing shown, however many hooks show it.
 */
export class LiveHub {
  readonly #api: FettleApi;
  readonly #environment: LiveEnvironment;
  readonly #channel: LiveChannel;
  readonly #scopes = new Map<string, Scope>();

  constructor(api: FettleApi, environment: LiveEnvironment) {
    this.#api = api;
    this.#environment = environment;
    this.#channel = new LiveChannel(environment);
  }

  /**
   * Follows what `create` makes, or joins those who follow it under the same key.
   *
   * @param options - `scope` is `fleet`, the id of a repository, or a scope of runs or sources; `key` names one kind of reader and its arguments
   */
  follow<R extends LiveReader>(options: {
    scope: string;
    key: string;
    create(api: FettleApi): R;
    onChange(): void;
  }): LiveHandle<R> {
    const scope = this.#scope(options.scope);
    const { follower } = scope;
    const shared =
      scope.shared.get(options.key) ??
      this.#share(scope, options.key, options.create(this.#api));
    shared.listeners.add(options.onChange);
    const { followed } = shared;
    return {
      // A key belongs to one kind of reader.
      reader: shared.reader as R,
      get live() {
        return follower.live;
      },
      get error() {
        return followed.error ?? follower.error;
      },
      want: cause => followed.task.want(cause),
      retry: () => follower.retry(),
      release: () => {
        shared.listeners.delete(options.onChange);
        if (shared.listeners.size > 0) return;
        if (scope.shared.get(options.key) !== shared) return;
        scope.shared.delete(options.key);
        follower.remove(followed);
        if (scope.shared.size > 0) return;
        follower.stop();
        this.#scopes.delete(options.scope);
      },
    };
  }

  #scope(name: string): Scope {
    const existing = this.#scopes.get(name);
    if (existing) return existing;
    const follower = new RevisionFollower({
      scope: name,
      api: this.#api,
      environment: this.#environment,
      channel: this.#channel,
    });
    const scope: Scope = { follower, shared: new Map() };
    this.#scopes.set(name, scope);
    return scope;
  }

  #share(scope: Scope, key: string, reader: LiveReader): Shared {
    const listeners = new Set<() => void>();
    const followed = scope.follower.add(reader, () =>
      [...listeners].forEach(tell => tell()),
    );
    const shared: Shared = { reader, followed, listeners };
    scope.shared.set(key, shared);
    return shared;
  }
}
