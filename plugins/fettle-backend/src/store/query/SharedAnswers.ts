import type { Visibility } from '../FettleStore';

const MOST_ANSWERS = 200;

/**
 * Answers over the whole fleet that readers with the same view share until the
 * next revision: one hint brings requests of all open pages at once. Never older
 * than the revision that a reader asks at, as pages take it for granted.
 */
export class SharedAnswers<Answer> {
  readonly #answers = new Map<string, Promise<Answer>>();
  readonly #views = new WeakMap<ReadonlySet<string>, number>();
  #viewCount = 0;
  #revision?: number;
  #since = 0;

  constructor(
    private readonly options: {
      /** What changes without a revision, such as what gets overdue, is this old at most. */
      reuseMs: number;
    },
  ) {}

  /** `options` is what the answer depends on, beside the time. */
  get(
    question: { revision: number; now: Date; visibility: Visibility },
    options: object,
    load: () => Promise<Answer>,
  ): Promise<Answer> {
    const { revision, now, visibility } = question;
    const age = now.getTime() - this.#since;
    if (
      revision !== this.#revision ||
      // Negative where the clock was put back.
      !(age >= 0 && age < this.options.reuseMs) ||
      this.#answers.size >= MOST_ANSWERS
    ) {
      this.#answers.clear();
      this.#revision = revision;
      this.#since = now.getTime();
    }
    const key = `${this.#viewOf(visibility)} ${JSON.stringify(options)}`;
    const known = this.#answers.get(key);
    if (known) return known;
    const answer = load();
    this.#answers.set(key, answer);
    answer.catch(() => {
      // A failure is not kept.
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
    });
    return answer;
  }

  /** Readers see the same where it is the very same set. */
  #viewOf(visibility: Visibility): number {
    if (visibility === 'everything') return 0;
    const { entityRefs } = visibility;
    const known = this.#views.get(entityRefs) ?? ++this.#viewCount;
    this.#views.set(entityRefs, known);
    return known;
  }
}
