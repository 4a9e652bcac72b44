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
import type { GitlabHost } from '../config/readGitlabConfig';
import { readPayload } from './readPayload';

/** Takes the webhooks of GitLab hosts. */
export class GitlabDeliverySource implements DeliverySource {
  readonly id = 'gitlab';
  readonly title = 'GitLab';
  // What is needed of them, the kind and the id, is taken when it is verified.
  readonly keptHeaders = [];
  readonly problem?: { message: string; action: string };
  readonly #hosts: readonly GitlabHost[];

  constructor(hosts: readonly GitlabHost[]) {
    this.#hosts = hosts.filter(
      ({ webhookToken, signingToken }) => webhookToken || signingToken,
    );
    if (this.#hosts.length === 0) {
      this.problem = {
        message: 'No GitLab host has a token for its webhooks.',
        action: 'Set webhookToken of a host in fettle.gitlab.hosts.',
      };
    }
  }

  verify({ headers, body }: DeliveryRequest): VerifiedDelivery | undefined {
    // All of them are tried, so that the time tells nothing.
    const found = this.#hosts.filter(host =>
      host.signingToken
        ? isSigned(host.signingToken, { headers, body })
        : isSame(headers['x-gitlab-token'] ?? '', host.webhookToken ?? ''),
    );
    const [host] = found;
    if (!host) return undefined;
    const event = headers['x-gitlab-event'];
    if (!event) {
      throw new InputError(
        'A delivery of GitLab has the header X-Gitlab-Event.',
      );
    }
    assertJson(body);
    return { id: idOf(headers, body), event, authority: host.host };
  }

  read({ event, body, authority }: Delivery): DeliveryReading {
    const host = this.#hosts.find(one => one.host === authority);
    if (!host) {
      throw new DeliveryError(
        'refused',
        `It came for ${authority}, which is no host with a token any more.`,
        'Put the host back into fettle.gitlab.hosts, or leave the delivery.',
      );
    }
    let payload: unknown;
    try {
      payload = JSON.parse(body);
    } catch (error) {
      throw new DeliveryError(
        'not-understood',
        'The body is not JSON.',
        'Leave the custom template of the webhook empty.',
        error,
      );
    }
    return readPayload(event, payload, host);
  }
}

/**
 * The first is kept when GitLab sends again, which is so since 17.4. Before,
 * each sending has an id of its own. `X-Gitlab-Event-UUID` is shared by all
 * that came of one request, and so no id of a delivery.
 */
function idOf(headers: DeliveryRequest['headers'], body: Buffer): string {
  const given = headers['idempotency-key'] || headers['x-gitlab-webhook-uuid'];
  return given ?? `sha256-${createHash('sha256').update(body).digest('hex')}`;
}

/** As Standard Webhooks have it; there may be several signatures while the token is changed. */
function isSigned(
  token: string,
  { headers, body }: Pick<DeliveryRequest, 'headers' | 'body'>,
): boolean {
  const key = Buffer.from(token.slice('whsec_'.length), 'base64');
  const id = headers['webhook-id'] ?? '';
  const right = createHmac('sha256', key)
    .update(`${id}.${headers['webhook-timestamp'] ?? ''}.`)
    .update(body)
    .digest('base64');
  const given = (headers['webhook-signature'] ?? '').split(' ');
  // What the signature does not cover is not taken for the id.
  const covered = idOf(headers, body) === id;
  return given.some(each => isSame(each, `v1,${right}`)) && covered;
}

function assertJson(body: Buffer): void {
  try {
    JSON.parse(body.toString());
  } catch {
    throw new InputError(
      'The body is not JSON. Leave the custom template of the webhook empty.',
    );
  }
}

/** Takes the same time whatever was given. */
function isSame(given: string, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return right !== '' && timingSafeEqual(digest(given), digest(right));
}
