import type { Changes, Hint } from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../api/FettleApi';
import { FollowedReader } from './FollowedReader';
import type { LiveChannel } from './LiveChannel';
import type { LiveEnvironment } from './LiveEnvironment';
import type { LiveFacts } from './liveMode';
import type { LiveReader } from './LiveReader';
import type { LiveState } from './LiveState';
import { LiveStateKeeper } from './LiveStateKeeper';
import { BEHIND_AFTER_MS, CALM_MS, EAGER_MS, jitter } from './pace';
import { questionOf } from './questionOf';
import { SerialTask } from './SerialTask';
import { UnannouncedRevision } from './UnannouncedRevision';

export interface RevisionFollowerOptions {
  /** `fleet`, the id of a repository, or a scope of runs or sources. */
  scope: string;
  api: Pick<FettleApi, 'getChanges'>;
  environment: LiveEnvironment;
  channel: LiveChannel;
}

interface Answer {
  since: number;
  changes: Changes;
}

/**
 * Keeps all readers of one scope at its newest revision: by hints while they
 * come, by asking when they do not. One request for changes at a time serves
 * all of them.
 */
export class RevisionFollower {
  readonly #options: RevisionFollowerOptions;
  readonly #readers = new Set<FollowedReader>();
  readonly #ask: SerialTask<Answer | undefined>;
  readonly #stops: (() => void)[];
  #askError?: Error;
  #failing = false;
  /** The newest revision announced for this scope, and when. */
  #known = 0;
  #knownAt = 0;
  #knownWhenAsked = 0;
  /** The newest count of the backend in an answer. */
  #seen = 0;
  readonly #unannounced = new UnannouncedRevision();
  #wasHeard = false;
  #checkedAt?: number;
  #spread = 1;
  readonly #live: LiveStateKeeper;
  #cancelPoll?: () => void;
  #cancelReview?: () => void;

  constructor(options: RevisionFollowerOptions) {
    this.#options = options;
    const { environment, channel, scope } = options;
    this.#live = new LiveStateKeeper(environment.now());
    this.#ask = new SerialTask(environment, {
      run: signal => this.#getChanges(signal),
      gapMs: 0,
      isPaused: () => environment.isHidden(),
      onStart: () => {
        this.#knownWhenAsked = this.#known;
      },
      onDone: answer => this.#asked(answer),
      onFailed: error => {
        this.#askError = error;
        this.#settle();
      },
    });
    this.#stops = [
      channel.open(scope, {
        onHint: hint => this.#hint(hint),
        onHeardChange: () => this.#settle(),
      }),
      environment.onOnline(() => this.retry()),
      environment.onVisibilityChange(() => this.#visibility()),
    ];
  }

  get live(): LiveState {
    return this.#live.state;
  }

  /** Why changes cannot be asked for, while that is so. */
  get error(): Error | undefined {
    return this.#askError;
  }

  /** Loads a reader at once, without waiting for the live channel, and follows it from there. */
  add(reader: LiveReader, onChange: () => void): FollowedReader {
    const { environment, channel } = this.#options;
    const followed = new FollowedReader({
      reader,
      environment,
      newest: () => Math.max(this.#known, this.#seen, channel.newest ?? 0),
      onSettled: (one, answered) => this.#loaded(one, answered),
      onChange,
    });
    this.#readers.add(followed);
    followed.task.want('anew');
    return followed;
  }

  /** Aborts what a reader is loading and forgets it. */
  remove(followed: FollowedReader): void {
    followed.task.stop();
    this.#readers.delete(followed);
    this.#settle();
  }

  /** Does at once what waits for its next try, and asks for changes. */
  retry(): void {
    this.#readers.forEach(({ task }) => task.failing && task.hurry());
    this.#ask.want('now');
  }

  /** Aborts every request and hears nothing more. */
  stop(): void {
    this.#stops.forEach(stop => stop());
    this.#cancelPoll?.();
    this.#cancelReview?.();
    this.#ask.stop();
    this.#readers.forEach(({ task }) => task.stop());
    this.#readers.clear();
  }

  #hint(hint: Hint): void {
    const { environment, scope } = this.#options;
    this.#unannounced.announced(hint.revision);
    if (hint.scope === scope && hint.revision > this.#known) {
      this.#known = hint.revision;
      this.#knownAt = environment.now();
      this.#review(BEHIND_AFTER_MS);
      this.#pull();
    } else if (
      !this.#wasHeard &&
      this.#some(one => one.isBehind(hint.revision))
    ) {
      // Hints of this scope may have been lost before this first sign of life.
      this.#ask.want('now');
    }
    if (this.live.mode !== 'live') this.#settle();
  }

  /** Fetches what was announced, with as few requests as possible. */
  #pull(): void {
    let ask = false;
    for (const followed of this.#readers) {
      if (followed.task.running) continue;
      if (followed.task.failing && !followed.isOffline) followed.task.hurry();
      else if (!followed.isBehind(this.#known)) continue;
      else if (followed.loadsOnHint) followed.task.want('changed');
      else ask = true;
    }
    if (ask && !this.#ask.running) this.#ask.want('now');
  }

  async #getChanges(signal: AbortSignal): Promise<Answer | undefined> {
    const { api, scope } = this.#options;
    const revisions = [...this.#readers].flatMap(({ isFollowing, revision }) =>
      isFollowing && revision !== undefined ? [revision] : [],
    );
    if (revisions.length === 0) return undefined;
    const since = Math.min(...revisions);
    const question = { since, ...questionOf(scope) };
    return { since, changes: await api.getChanges(question, { signal }) };
  }

  #asked(answer: Answer | undefined): void {
    const recovered = this.#askError !== undefined;
    this.#askError = undefined;
    if (answer) {
      const { since, changes } = answer;
      if (changes.revision < since) this.#rebase(changes.revision);
      else this.#apply(since, changes);
      if (this.#known > this.#knownWhenAsked) this.#pull();
      this.#check(recovered);
    }
    this.#settle();
  }

  #loaded(followed: FollowedReader, answered: boolean): void {
    if (answered) {
      this.#check(this.#failing);
      if (followed.isBehind(this.#known)) this.#pull();
    }
    this.#settle();
  }

  /** Someone answered: what failed because nobody did need not wait. */
  #check(recovered: boolean): void {
    const { environment } = this.#options;
    this.#checkedAt = environment.now();
    this.#spread = jitter(1, environment);
    if (!recovered) return;
    if (this.#askError) this.#ask.hurry();
    this.#readers.forEach(one => one.isOffline && one.task.hurry());
  }

  #apply(since: number, changes: Changes): void {
    const { channel, environment } = this.#options;
    const { revision, changed } = changes;
    this.#seen = Math.max(this.#seen, revision);
    const announced = channel.newest ?? 0;
    const news = changed && revision > since;
    // Revisions of other scopes are counted by the same counter and announced elsewhere.
    if (news && revision > announced && channel.isHeard()) {
      this.#unannounced.found(revision, environment.now());
      this.#review(BEHIND_AFTER_MS);
    }
    this.#readers.forEach(followed => followed.apply(changes));
  }

  /** The backend counts from an earlier point: revisions held cannot be compared with its own. */
  #rebase(revision: number): void {
    this.#known = 0;
    this.#seen = revision;
    this.#unannounced.forget();
    this.#options.channel.rebase(revision);
    this.#readers.forEach(followed => followed.startAnew());
  }

  #visibility(): void {
    if (this.#options.environment.isHidden()) {
      this.#cancelPoll?.();
      return;
    }
    this.#readers.forEach(({ task }) => task.resume());
    this.#pull();
    this.#poll();
    this.#settle();
  }

  #some(test: (followed: FollowedReader) => boolean): boolean {
    return [...this.#readers].some(test);
  }

  #facts(): LiveFacts {
    const { environment, channel } = this.#options;
    const now = environment.now();
    const unreachable = [...this.#readers].find(one => one.isOffline);
    const waited = now - this.#knownAt >= BEHIND_AFTER_MS;
    return {
      failure: (this.#askError ?? unreachable?.error)?.message,
      answered: this.#checkedAt !== undefined,
      available: channel.available,
      heard: channel.isHeard(),
      young: channel.isYoung(),
      behind: waited && this.#some(one => one.isBehind(this.#known)),
      unannounced: this.#unannounced.isOverdue(now),
    };
  }

  /** Looks again when a grace period is over. */
  #review(afterMs: number): void {
    const { environment, channel } = this.#options;
    this.#cancelReview?.();
    this.#cancelReview = environment.after(afterMs, () => {
      const left = this.#unannounced.timeLeft(environment.now());
      if (left !== undefined && left > 0) this.#review(left);
      else if (left !== undefined) {
        this.#unannounced.forget();
        channel.suspect();
      }
      this.#settle();
    });
  }

  #schedulePoll(): void {
    const { environment } = this.#options;
    this.#cancelPoll?.();
    if (environment.isHidden()) return;
    // Either ends by settling, and a failed one is tried again by itself.
    if (this.#ask.running || this.#ask.failing) return;
    if (!this.#some(one => one.isFollowing)) return;
    const calm =
      this.live.mode === 'live' && !this.#some(one => one.isUnsettled);
    const interval = (calm ? CALM_MS : EAGER_MS) * this.#spread;
    const due = (this.#checkedAt ?? 0) + interval - environment.now();
    // Silence begins for every page at the same moment; they need not all ask in it.
    const wait = due > 0 ? due : EAGER_MS * environment.random();
    this.#cancelPoll = environment.after(wait, () => this.#poll());
  }

  #poll(): void {
    this.#readers.forEach(followed => followed.freshen());
    // A repository that is being loaded need not be asked about as well.
    const rest = this.#some(one => one.isFollowing && !one.task.running);
    if (rest && !this.#ask.running) this.#ask.want('now');
  }

  /** After anything happened: the state, the next question, and whoever listens. */
  #settle(): void {
    const { environment, channel } = this.#options;
    const facts = this.#facts();
    const recovered = this.#failing && !facts.failure;
    this.#failing = facts.failure !== undefined;
    if (this.#failing) channel.unanswered();
    else if (recovered) channel.answered();
    this.#wasHeard = facts.heard;
    const now = environment.now();
    const changed = this.#live.update(facts, now, this.#checkedAt);
    this.#schedulePoll();
    this.#readers.forEach(followed => followed.notify(changed));
  }
}
