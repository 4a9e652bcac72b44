import type { HostStatus } from 'backstage-plugin-fettle-common';
import type { SourceError } from './SourceError';

/**
 * Who waits for a call: `routine` stops early and leaves a share of the host's
 * limit for people; `person` may use all of it.
 *
 * @public
 */
export type CallPurpose = 'routine' | 'person';

/**
 * What may be asked of one host.
 *
 * @public
 */
export interface CallBudget {
  /**
   * Before each request.
   *
   * @throws SourceError `rate-limited`, saying until when, where it must not be made now
   */
  spend(purpose: CallPurpose): void;
  /** What the host's headers said of its limit. */
  observe(rate: {
    limit?: number;
    remaining?: number;
    /** When the limit starts anew. */
    resetAt?: Date;
    /** The host asks for no request before this. */
    retryAt?: Date;
  }): void;
  /** The host answered as it should. `date` is its `Date` header, to tell how far its clock is off. */
  succeeded(date?: string): void;
  /** The host did not answer, or refused. */
  failed(error: SourceError): void;
}

/**
 * The budgets of all hosts, shared by every source and the plugin.
 *
 * @public
 */
export interface CallBudgets {
  /** By host name in lower case, with its port if it has one. */
  forHost(host: string): CallBudget;
  /** Every host that was asked for, by name. */
  status(): HostStatus[];
}
