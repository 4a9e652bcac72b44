import type { z } from 'zod';
import { SourceError } from '../contracts/SourceError';

/**
 * An answer in the form that is expected; what is not asked for may be in it.
 *
 * @public
 */
export function parseAnswer<T extends z.ZodType>(
  schema: T,
  data: unknown,
  context: { host: string; about: string },
): z.output<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join('.');
  throw oddAnswer(`a form that is not expected at '${place}'`, context);
}

/**
 * The host answered, and not with what its description says.
 *
 * @public
 */
export function oddAnswer(
  what: string,
  { host, about }: { host: string; about: string },
  cause?: unknown,
): SourceError {
  return new SourceError(
    'corrupt',
    `${host} answered about ${about} with ${what}.`,
    'See whether a proxy or a maintenance page answers in its place.',
    cause,
  );
}
