import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { InputError } from '@backstage/errors';
import {
  DeliveryError,
  type Delivery,
  type DeliveryReading,
  type DeliveryRequest,
  type DeliverySource,
  type VerifiedDelivery,
} from 'backstage-plugin-fettle-node';
import { HTTP } from 'cloudevents';
import { z } from 'zod';
import type { Sender } from './config/readCdeventsConfig';
import { cdEventSchema, type CdEvent } from './event/CdEvent';
import { readEvent } from './event/readEvent';

const SIGNATURE_HEADER = 'x-signature-256';

/** Takes CDEvents, in CloudEvents of the binary and the structured mode of HTTP. */
export class CdeventsDeliverySource implements DeliverySource {
  readonly id = 'cdevents';
  readonly title = 'CDEvents';
  readonly keptHeaders = [
    'content-type',
    'ce-id',
    'ce-source',
    'ce-specversion',
    'ce-time',
    'ce-type',
  ];
  readonly problem?: { message: string; action: string };

  constructor(private readonly senders: readonly Sender[]) {
    if (senders.length === 0) {
      this.problem = {
        message: 'No sender of CDEvents is configured.',
        action: 'Name one with its secret in fettle.cdevents.senders.',
      };
    }
  }

  verify(request: DeliveryRequest): VerifiedDelivery | undefined {
    const sender = this.senders.find(one => proves(request, one));
    if (!sender) return undefined;
    const data = dataOf(request.headers, request.body.toString());
    const parsed = envelopeSchema.safeParse(data);
    if (!parsed.success) {
      throw new InputError(
        `The CDEvent has no context with id, source and type. ${z.prettifyError(
          parsed.error,
        )}`,
      );
    }
    // The event's own context is signed; the headers of the binary mode are not.
    const { id, source, type, timestamp } = parsed.data.context;
    return {
      id: createHash('sha256')
        .update(JSON.stringify([sender.id, source, id]))
        .digest('hex'),
      event: type.slice(0, 100),
      authority: sender.id,
      sentAt: timestamp,
    };
  }

  read(delivery: Delivery): DeliveryReading {
    const sender = this.senders.find(({ id }) => id === delivery.authority);
    if (!sender) {
      throw new DeliveryError(
        'refused',
        `There is no sender '${delivery.authority}' any more.`,
        'Name it in fettle.cdevents.senders again, if it should be heard.',
      );
    }
    return readEvent(parse(delivery), sender);
  }
}

const envelopeSchema = z.object({
  context: z.object({
    id: z.string().min(1).max(1000),
    source: z.string().min(1).max(2000),
    type: z.string().min(1).max(500),
    timestamp: z.string().max(100).optional(),
  }),
});

function proves({ headers, body }: DeliveryRequest, sender: Sender): boolean {
  if ('token' in sender.proof) {
    return same(headers.authorization, `Bearer ${sender.proof.token}`);
  }
  const hash = createHmac('sha256', sender.proof.secret).update(body);
  return same(headers[SIGNATURE_HEADER], `sha256=${hash.digest('hex')}`);
}

/** Takes the same time whatever was given. */
function same(given: string | undefined, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given ?? ''), digest(right));
}

/** The CDEvent in a CloudEvent. */
function dataOf(
  headers: Readonly<Record<string, string>>,
  body: string,
): unknown {
  try {
    const event = HTTP.toEvent<unknown>({ headers: { ...headers }, body });
    const one = Array.isArray(event) ? undefined : event;
    return typeof one?.data === 'string' ? JSON.parse(one.data) : one?.data;
  } catch (error) {
    throw new InputError(
      `The request is not one CloudEvent in the binary or structured mode: ${
        error instanceof Error ? error.message : error
      }`,
    );
  }
}

function parse(delivery: Delivery): CdEvent {
  const parsed = cdEventSchema.safeParse(
    dataOf(delivery.headers, delivery.body),
  );
  if (parsed.success) return parsed.data;
  throw new DeliveryError(
    'not-understood',
    `The event is no CDEvent that Fettle knows. ${z
      .prettifyError(parsed.error)
      .slice(0, 400)}`,
    'Send CDEvents of the specification 0.3 to 0.5; the README of the module shows one.',
  );
}
