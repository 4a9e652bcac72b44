import type {
  DeliveryStore,
  NewDelivery,
} from '../store/deliveries/DeliveryStore';

/** More than one request brings at a time; fewer than would make one statement slow. */
const MOST = 200;

interface Waiting {
  delivery: NewDelivery;
  resolve(seq: string | undefined): void;
  reject(error: unknown): void;
}

/**
 * Commits deliveries. Those that arrive while a commit is under way share the
 * next one: a burst costs one commit for many, a single delivery does not wait.
 */
export class DeliveryWriter {
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(private readonly store: Pick<DeliveryStore, 'insert'>) {}

  /**
   * Resolves once the delivery is committed: with its place, or undefined
   * where its id was known. Rejects where it could not be.
   */
  write(delivery: NewDelivery): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ delivery, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#writing || this.#waiting.length === 0) return;
    this.#writing = true;
    // Requests that are read in this turn of the event loop come along.
    setImmediate(() => {
      const batch = this.#waiting.slice(0, MOST);
      this.#waiting = this.#waiting.slice(MOST);
      this.store
        .insert(batch.map(({ delivery }) => delivery))
        .then(
          places => batch.forEach((one, i) => one.resolve(places[i])),
          error => batch.forEach(one => one.reject(error)),
        )
        .finally(() => {
          this.#writing = false;
          this.#next();
        });
    });
  }
}
