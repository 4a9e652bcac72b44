import { CustomErrorBase } from '@backstage/errors';
import type { Reason } from 'backstage-plugin-fettle-common';

/**
 * Why a source could not answer.
 *
 * - `unreachable`: no connection, a name that does not resolve, a timeout of the host.
 * - `unauthorized`: the host refused the credentials, or wants some.
 * - `not-found`: the host says that there is no such repository.
 * - `rate-limited`: the host asks to wait.
 * - `corrupt`: the answer is not a readable repository.
 * - `timeout`: Fettle's own limit was reached.
 * - `too-large`: over a limit of Fettle's.
 * - `moved`: the commit that was asked for is not there any more.
 * - `invalid`: the address is not one that Fettle will use.
 * - `failed`: anything else; the message says what.
 *
 * @public
 */
export type SourceErrorCode =
  | 'unreachable'
  | 'unauthorized'
  | 'not-found'
  | 'rate-limited'
  | 'corrupt'
  | 'timeout'
  | 'too-large'
  | 'moved'
  | 'invalid'
  | 'failed';

/**
 * Thrown by a source in place of a result. It becomes the state that people
 * see, so `message` says what happened to which repository, `action` what to
 * do, and neither holds a credential.
 *
 * @public
 */
export class SourceError extends CustomErrorBase {
  name = 'SourceError' as const;

  constructor(
    readonly code: SourceErrorCode,
    message: string,
    readonly action: string,
    cause?: unknown,
  ) {
    super(message, cause);
  }

  /** The same in the form that is stored and shown. */
  toReason(): Reason {
    return { code: this.code, message: this.message, action: this.action };
  }
}
