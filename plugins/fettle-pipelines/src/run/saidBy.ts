import { isError, toError } from '@backstage/errors';

/** What the backend said: a `ResponseError` carries the server's own error as its cause. */
export function saidBy(error: unknown): {
  forbidden: boolean;
  message: string;
} {
  const outer = toError(error);
  const { cause } = outer as { cause?: unknown };
  const { name, message } = isError(cause) ? cause : outer;
  return { forbidden: name === 'NotAllowedError', message };
}
