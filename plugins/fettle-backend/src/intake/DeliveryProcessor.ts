import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeliveryError,
  type DeliveryReading,
  type DeliverySource,
} from 'backstage-plugin-fettle-node';
import type {
  DeliveryStore,
  StoredDelivery,
} from '../store/deliveries/DeliveryStore';
import type { Applied, RunStore, Told } from '../store/runs/RunStore';

/** Brought into force in one transaction. */
const BATCH = 100;
/** More waiting deliveries are left to the sweep, so that memory stays bounded. */
const MOST_WAITING = 2_000;
const LEASE_MS = 10_000;
const MOST_ATTEMPTS = 5;

/**
 * Reads deliveries and brings what they say into force, in the order in which
 * they came. What is left over, after a crash or because there were too many,
 * comes back by {@link DeliveryProcessor.sweep}.
 */
export class DeliveryProcessor {
  #waiting: StoredDelivery[] = [];
  #running: Promise<void> | undefined;
  #left = false;
  #stopped = false;

  constructor(
    private readonly options: {
      sources: ReadonlyMap<string, DeliverySource>;
      deliveries: Pick<DeliveryStore, 'claim'>;
      runs: Pick<RunStore, 'apply'>;
      logger: LoggerService;
      clock: () => Date;
      /** Told of everything that was brought into force. */
      onApplied: (applied: Applied, remotes: ReadonlySet<string>) => void;
    },
  ) {}

  /** Processes it at once, after those that came before. Never fails: what does is kept with its reason. */
  add(delivery: StoredDelivery): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#left = true;
      return;
    }
    this.#waiting.push(delivery);
    this.#start();
  }

  /** Takes what is due from the database and processes it; returns how many. */
  async sweep(): Promise<number> {
    const { deliveries, clock } = this.options;
    let total = 0;
    while (!this.#stopped) {
      await this.#running;
      const now = clock();
      const due = await deliveries.claim({
        now,
        leaseUntil: new Date(now.getTime() + LEASE_MS),
        limit: BATCH,
      });
      if (due.length === 0) break;
      total += due.length;
      await this.#process(due);
    }
    return total;
  }

  /** Resolves when nothing is waiting. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting = [];
    await this.#running;
  }

  #start(): void {
    if (this.#running || this.#stopped) return;
    this.#running = this.#drain()
      .catch(error =>
        this.options.logger.error('Deliveries wait for the sweep', error),
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#waiting.length > 0) this.#start();
      });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Whoever sent it is answered first.
      await new Promise(done => setImmediate(done));
      const batch = this.#waiting.slice(0, BATCH);
      this.#waiting = this.#waiting.slice(BATCH);
      await this.#process(batch);
    }
    if (this.#left) {
      this.#left = false;
      this.options.logger.info(
        'More deliveries came than are kept in memory; the sweep takes the rest',
      );
    }
  }

  async #process(batch: StoredDelivery[]): Promise<void> {
    const told = batch.map(delivery => this.#read(delivery));
    try {
      await this.#apply(told);
    } catch (error) {
      if (batch.length === 1) {
        await this.#fail(batch[0], error);
        return;
      }
      // One of them must not keep the others waiting.
      for (const delivery of batch) await this.#process([delivery]);
    }
  }

  async #apply(told: Told[]): Promise<void> {
    const { runs, clock, onApplied } = this.options;
    const applied = await runs.apply(told, clock());
    onApplied(
      applied,
      new Set(told.flatMap(({ delivery }) => delivery?.remotes ?? [])),
    );
  }

  #read(delivery: StoredDelivery): Told {
    const { sources } = this.options;
    const base = { sourceId: delivery.sourceId, runs: [], deployments: [] };
    const { seq } = delivery;
    const source = sources.get(delivery.sourceId);
    if (!source) {
      return {
        ...base,
        delivery: {
          ...{ seq, remotes: [] },
          outcome: failed({
            code: 'no-source',
            message: `The source '${delivery.sourceId}' is not in this backend any more.`,
            action: 'Add its module to the backend, then try again.',
          }),
        },
      };
    }
    let reading: DeliveryReading;
    try {
      reading = source.read(delivery);
    } catch (error) {
      const reason =
        error instanceof DeliveryError
          ? error.toReason()
          : {
              code: 'not-understood',
              message: `Reading it failed: ${
                error instanceof Error ? error.message : error
              }`.slice(0, 500),
              action:
                'Report this to the author of the module, with the id of the delivery.',
            };
      return {
        ...base,
        delivery: { seq, remotes: [], outcome: failed(reason) },
      };
    }
    const { runs = [], deployments = [], repositories = [], moved } = reading;
    const remotes = [...repositories, ...(moved ? [moved.from, moved.to] : [])];
    const empty = runs.length + deployments.length + remotes.length === 0;
    return {
      ...{ sourceId: delivery.sourceId, runs, deployments },
      delivery: {
        ...{ seq, remotes },
        outcome: empty
          ? {
              state: 'ignored',
              reason: {
                code: 'no-interest',
                message: reading.ignored ?? 'It says nothing of interest.',
                action: 'Nothing is to be done.',
              },
              dueAt: null,
            }
          : undefined,
      },
    };
  }

  /** It was understood and could not be stored. */
  async #fail(delivery: StoredDelivery, error: unknown): Promise<void> {
    const { logger, clock } = this.options;
    const { seq, sourceId, attempts } = delivery;
    const message = error instanceof Error ? error.message : String(error);
    logger.error(`A delivery of '${sourceId}' could not be processed`, {
      delivery: delivery.id,
      error: message,
    });
    const retry =
      attempts < MOST_ATTEMPTS
        ? new Date(clock().getTime() + LEASE_MS * 2 ** attempts)
        : null;
    await this.#apply([
      {
        ...{ sourceId, runs: [], deployments: [] },
        delivery: {
          ...{ seq, remotes: [] },
          outcome: {
            ...failed({
              code: 'not-stored',
              // What a database says may quote what it was given.
              message: `It could not be stored (attempt ${attempts} of ${MOST_ATTEMPTS}).`,
              action: retry
                ? 'Fettle tries again by itself.'
                : 'See the log of the backend, then try again.',
            }),
            dueAt: retry,
          },
        },
      },
    ]);
  }
}

function failed(reason: { code: string; message: string; action: string }) {
  return { state: 'failed' as const, reason, dueAt: null };
}
