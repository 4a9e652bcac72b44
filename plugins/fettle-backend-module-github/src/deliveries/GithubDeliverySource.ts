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
import type { GithubHost } from '../config/readGithubConfig';
import { readPayload } from './readPayload';

/** Takes the webhooks of GitHub hosts. */
export class GithubDeliverySource implements DeliverySource {
  readonly id = 'github';
  readonly title = 'GitHub';
  readonly keptHeaders = ['x-github-event', 'x-github-delivery'];
  readonly topics = ['github'];
  readonly problem?: { message: string; action: string };
  readonly #hosts: { host: string; secret: string }[];

  constructor(private readonly hosts: readonly GithubHost[]) {
    this.#hosts = hosts.flatMap(({ host, webhookSecret: secret }) =>
      secret ? [{ host, secret }] : [],
    );
    if (this.#hosts.length === 0) {
      this.problem = {
        message: 'No GitHub host has a secret for its webhooks.',
        action: 'Set webhookSecret of a host in fettle.github.hosts.',
      };
    }
  }

  verify({ headers, body }: DeliveryRequest): VerifiedDelivery | undefined {
    const given = headers['x-hub-signature-256'];
    const host = this.#hosts.find(({ secret }) => {
      const hash = createHmac('sha256', secret).update(body).digest('hex');
      return same(given, `sha256=${hash}`);
    });
    if (!host) return undefined;
    const id = headers['x-github-delivery'];
    const event = headers['x-github-event'];
    if (!id || !event) {
      throw new InputError(
        'A delivery of GitHub has the headers X-GitHub-Delivery and X-GitHub-Event.',
      );
    }
    assertJson(body);
    return { id, event, authority: host.host };
  }

  read({ event, body, authority }: Delivery): DeliveryReading {
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
    return readPayload(event, payload, authority);
  }

  fromEvent(event: {
    payload: unknown;
    metadata: Readonly<Record<string, string | string[] | undefined>>;
  }) {
    const headers = Object.fromEntries(
      this.keptHeaders.map(name => [name, String(event.metadata[name] ?? '')]),
    );
    const [kind, id] = this.keptHeaders.map(name => headers[name]);
    const host = hostOf(event.payload);
    const authority = this.hosts.find(one => one.host === host)?.host;
    if (!kind || !id || !authority) return undefined;
    const body = Buffer.from(JSON.stringify(event.payload));
    return { id, event: kind, authority, headers, body };
  }
}

function hostOf(payload: unknown): string | undefined {
  const url = (payload as { repository?: { html_url?: unknown } })?.repository
    ?.html_url;
  return typeof url === 'string' && URL.canParse(url)
    ? new URL(url).host.toLocaleLowerCase('en-US')
    : undefined;
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
function same(given: string | undefined, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given ?? ''), digest(right));
}
