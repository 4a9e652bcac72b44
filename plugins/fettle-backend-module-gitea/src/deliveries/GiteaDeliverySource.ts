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
import type { GiteaHost } from '../config/readGiteaConfig';
import { readPayload } from './readPayload';

/** In which headers hosts sign, and what stands before the signature. */
const SIGNATURES: [header: string, prefix: string][] = [
  ['x-gitea-signature', ''],
  ['x-forgejo-signature', ''],
  ['x-hub-signature-256', 'sha256='],
];

/** Takes the webhooks of Gitea and Forgejo hosts. */
export class GiteaDeliverySource implements DeliverySource {
  readonly id = 'gitea';
  readonly title = 'Gitea and Forgejo';
  // What is needed of them, the kind and the id, is taken when it is verified.
  readonly keptHeaders = [];
  readonly problem?: { message: string; action: string };
  readonly #hosts: readonly GiteaHost[];

  constructor(hosts: readonly GiteaHost[]) {
    this.#hosts = hosts.filter(({ webhookSecret }) => webhookSecret);
    if (this.#hosts.length === 0) {
      this.problem = {
        message: 'No Gitea or Forgejo host has a secret for its webhooks.',
        action: 'Set webhookSecret of a host in fettle.gitea.hosts.',
      };
    }
  }

  verify({ headers, body }: DeliveryRequest): VerifiedDelivery | undefined {
    const given = SIGNATURES.flatMap(([name, prefix]) =>
      headers[name]?.startsWith(prefix)
        ? [headers[name].slice(prefix.length)]
        : [],
    );
    const host = this.#hosts.find(({ webhookSecret = '' }) => {
      const right = createHmac('sha256', webhookSecret)
        .update(body)
        .digest('hex');
      return given.some(each => same(each, right));
    });
    if (!host) return undefined;
    const id = headers['x-gitea-delivery'] || headers['x-forgejo-delivery'];
    const event = eventOf(headers);
    if (!id || !event) {
      throw new InputError(
        'A delivery of Gitea or Forgejo has the headers X-Gitea-Delivery and X-Gitea-Event.',
      );
    }
    assertJson(body);
    return { id, event, authority: host.host };
  }

  read({ event, body, authority }: Delivery): DeliveryReading {
    const host = this.#hosts.find(one => one.host === authority);
    if (!host) {
      throw new DeliveryError(
        'refused',
        `It came for ${authority}, which is no host with a secret any more.`,
        'Put the host back into fettle.gitea.hosts, or leave the delivery.',
      );
    }
    let payload: unknown;
    try {
      payload = JSON.parse(body);
    } catch (error) {
      throw new DeliveryError(
        'not-understood',
        'The body is not JSON.',
        "Set the webhook's content type to application/json.",
        error,
      );
    }
    return readPayload(event, payload, host);
  }
}

/** Some kinds have no name in the first header, and one in the second. */
function eventOf(headers: DeliveryRequest['headers']): string | undefined {
  return [
    ...['x-gitea-event', 'x-forgejo-event'],
    ...['x-gitea-event-type', 'x-forgejo-event-type'],
  ]
    .map(name => headers[name])
    .find(Boolean);
}

function assertJson(body: Buffer): void {
  try {
    JSON.parse(body.toString());
  } catch {
    throw new InputError(
      "The body is not JSON. Set the webhook's content type to application/json.",
    );
  }
}

/** Takes the same time whatever was given. */
function same(given: string, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(right));
}
