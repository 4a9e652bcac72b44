import { InputError } from '@backstage/errors';

/** A part of a playbook that is wrong. */
export class PlaybookError extends InputError {
  constructor(
    message: string,
    /** Where in what is written of the playbook. */
    readonly path: readonly PropertyKey[],
    /** Where the problem lies in a text of several lines; first line is 1. */
    readonly line: number = 1,
  ) {
    super(message);
  }
}
