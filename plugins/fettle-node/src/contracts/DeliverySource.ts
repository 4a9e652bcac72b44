import type { DeploymentReport, RunReport } from './reports';

/**
 * A request to the intake, as it came in.
 *
 * @public
 */
export interface DeliveryRequest {
  /** Names in lower case; of a repeated header, the values joined by `, `. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/**
 * What an authentic request is called.
 *
 * @public
 */
export interface VerifiedDelivery {
  /** The sender's unique id; a delivery with an id that is known already is the same delivery. At most 200 characters. */
  id: string;
  /** The sender's word for its kind, for example `workflow_run`. At most 100 characters. */
  event: string;
  /**
   * For whom the secret speaks that it was verified with, for example a host.
   * {@link DeliverySource.read} refuses what the delivery says of others.
   */
  authority: string;
  /** When the sender sent it, ISO 8601, where it says so. */
  sentAt?: string;
}

/**
 * A delivery that was verified and stored.
 *
 * @public
 */
export interface Delivery extends VerifiedDelivery {
  /** Those that {@link DeliverySource.keptHeaders} names. */
  headers: Readonly<Record<string, string>>;
  /** The body as text. */
  body: string;
  /** When the portal received it, ISO 8601, UTC. */
  receivedAt: string;
}

/**
 * What a delivery says. A delivery that is understood and of no interest gives
 * empty lists and says why in `ignored`.
 *
 * @public
 */
export interface DeliveryReading {
  runs?: RunReport[];
  deployments?: DeploymentReport[];
  /** Canonical remotes of repositories to read again: they were pushed to, renamed, or their settings changed. */
  repositories?: string[];
  /** Where a repository has moved: its old canonical remote and its new one. */
  moved?: { from: string; to: string };
  /** Why it says nothing of interest, one sentence. */
  ignored?: string;
}

/**
 * Takes what a host or CI sends by itself: says whether it is authentic, and
 * what it means. Its id is the last part of the intake's path:
 * `POST /api/fettle/deliveries/<id>`.
 *
 * @public
 */
export interface DeliverySource {
  /** Unique among delivery sources, lower case with dashes. */
  readonly id: string;
  /** For people: the name of the host or of the protocol. */
  readonly title: string;
  /** Headers that `read` needs; no other is stored. Lower case. No secret among them. */
  readonly keptHeaders: readonly string[];
  /** Why no delivery can be authentic yet, for example that no secret is configured. */
  readonly problem?: { message: string; action: string };

  /**
   * Whether the request is authentic. Compares in constant time, and parses
   * the body only after that.
   *
   * @returns undefined where it is not; nobody is told why
   * @throws InputError where it is authentic and no delivery (no id, no JSON)
   */
  verify(
    request: DeliveryRequest,
  ): Promise<VerifiedDelivery | undefined> | VerifiedDelivery | undefined;

  /**
   * What the delivery says. Pure: the same delivery says the same again.
   *
   * @throws DeliveryError where it cannot be understood
   */
  read(delivery: Delivery): DeliveryReading;

  /**
   * Topics of Backstage's events service on which the same deliveries can
   * arrive, verified by the portal, where config says so.
   */
  readonly topics?: readonly string[];
  /** Makes a verified delivery of such an event; undefined where it lacks its id. */
  fromEvent?(event: {
    topic: string;
    payload: unknown;
    metadata: Readonly<Record<string, string | string[] | undefined>>;
  }): (VerifiedDelivery & DeliveryRequest) | undefined;
}
