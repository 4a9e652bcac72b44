import { CustomErrorBase } from '@backstage/errors';

/**
 * The backend answered, but not in the form that was agreed; the message says
 * which route and what is wrong with the answer.
 *
 * @public
 */
export class UnexpectedAnswerError extends CustomErrorBase {
  name = 'UnexpectedAnswerError' as const;
}
