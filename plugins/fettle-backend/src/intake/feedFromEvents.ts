import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { DeliverySource } from 'backstage-plugin-fettle-node';
import type { DeliveryIntake } from './DeliveryIntake';

/**
 * Takes deliveries from topics of Backstage's events service, for portals whose
 * hosts deliver there already. Such an event was verified by the portal; one
 * without the sender's id is left out and said so.
 */
export async function feedFromEvents(options: {
  events: EventsService;
  sources: ReadonlyMap<string, DeliverySource>;
  /** Those that config names. */
  topics: readonly string[];
  intake: DeliveryIntake;
  logger: LoggerService;
}): Promise<void> {
  const { events, sources, topics, intake, logger } = options;
  for (const source of sources.values()) {
    const wanted = (source.topics ?? []).filter(topic =>
      topics.includes(topic),
    );
    if (wanted.length === 0 || !source.fromEvent) continue;
    await events.subscribe({
      id: `fettle-${source.id}`,
      topics: wanted,
      async onEvent({ topic, eventPayload, metadata }) {
        const delivery = source.fromEvent!({
          topic,
          payload: eventPayload,
          metadata: metadata ?? {},
        });
        if (!delivery) {
          logger.warn(
            `An event on '${topic}' came without the headers of its delivery and is left out; where several replicas share an event bus, deliver to ${source.title}'s own path instead`,
          );
          return;
        }
        await intake.keep(source, delivery, delivery);
      },
    });
  }
}
