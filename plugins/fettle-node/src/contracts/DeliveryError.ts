import { CustomErrorBase } from '@backstage/errors';
import type { Reason } from 'backstage-plugin-fettle-common';

/**
 * Thrown for a delivery that cannot be understood. It is kept with this reason
 * and can be tried again; `message` says what was found, `action` what to do,
 * and neither quotes the body at length.
 *
 * @public
 */
export class DeliveryError extends CustomErrorBase {
  name = 'DeliveryError' as const;

  constructor(
    /** `not-understood`: its form is not the one expected. `refused`: it speaks of what its secret is not for. */
    readonly code: 'not-understood' | 'refused',
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
