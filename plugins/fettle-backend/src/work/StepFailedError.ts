import { CustomErrorBase } from '@backstage/errors';

/** A step was started as often as it may be. The only error of a step that a workflow may catch. */
export class StepFailedError extends CustomErrorBase {
  name = 'StepFailedError' as const;

  constructor(step: string, starts: number, reason: string | undefined) {
    super(
      reason === undefined
        ? `Step "${step}" was started ${starts} times and never came to an end: it is given up, since it may be what ends the process or holds it up`
        : `Step "${step}" failed (started ${starts} times): ${reason}`,
    );
  }
}
