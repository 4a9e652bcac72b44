import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  DeliveryRequest,
  DeliverySource,
  VerifiedDelivery,
} from 'backstage-plugin-fettle-node';
import type { NewDelivery } from '../store/deliveries/DeliveryStore';
import { DeliveryProcessor } from './DeliveryProcessor';
import { DeliveryWriter } from './DeliveryWriter';

/** What became of a request: it is kept now, it was known, or it is not authentic. */
export type Taken = 'accepted' | 'known' | 'not-authentic';

/** How long a delivery is left to whoever took it in. */
const LEASE_MS = 10_000;

/** Takes deliveries in: verified, committed, and only then accepted. */
export class DeliveryIntake {
  readonly #writer: DeliveryWriter;

  constructor(
    private readonly options: {
      sources: ReadonlyMap<string, DeliverySource>;
      store: ConstructorParameters<typeof DeliveryWriter>[0];
      processor: Pick<DeliveryProcessor, 'add'>;
      logger: LoggerService;
      clock: () => Date;
    },
  ) {
    this.#writer = new DeliveryWriter(options.store);
  }

  /**
   * @throws NotFoundError for a source that there is not
   * @throws InputError for an authentic request that is no delivery
   * @throws ServiceUnavailableError where it could not be committed
   */
  async take(sourceId: string, request: DeliveryRequest): Promise<Taken> {
    const source = this.options.sources.get(sourceId);
    if (!source) {
      throw new NotFoundError('This portal takes no deliveries at this path.');
    }
    const verified = await source.verify(request);
    if (!verified) return 'not-authentic';
    return this.keep(source, verified, request);
  }

  /** Commits a delivery that is known to be authentic. */
  async keep(
    source: DeliverySource,
    verified: VerifiedDelivery,
    request: DeliveryRequest,
  ): Promise<'accepted' | 'known'> {
    const { clock, processor, logger } = this.options;
    const { id, event, authority, sentAt } = verified;
    if (id.length > 200 || event.length > 100) {
      throw new InputError('The id or the kind of this delivery is too long.');
    }
    const now = clock();
    const delivery: NewDelivery = {
      ...{ id, event, authority, sentAt },
      sourceId: source.id,
      headers: kept(source, request.headers),
      body: request.body.toString('utf8'),
      bytes: request.body.length,
      receivedAt: now.toISOString(),
      dueAt: new Date(now.getTime() + LEASE_MS),
    };
    let seq: string | undefined;
    try {
      seq = await this.#writer.write(delivery);
    } catch (error) {
      logger.error(`A delivery of '${source.id}' could not be kept`, {
        error: error instanceof Error ? error.message : String(error),
      });
      throw new ServiceUnavailableError(
        'The delivery could not be kept. Send it again.',
      );
    }
    if (seq === undefined) return 'known';
    processor.add({ ...delivery, seq, attempts: 1 });
    return 'accepted';
  }
}

function kept(
  source: DeliverySource,
  headers: DeliveryRequest['headers'],
): Record<string, string> {
  return Object.fromEntries(
    source.keptHeaders.flatMap(name =>
      Object.hasOwn(headers, name) ? [[name, headers[name]]] : [],
    ),
  );
}
