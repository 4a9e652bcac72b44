import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** What somebody sent, by its schema. Throws InputError that says what is wrong. */
export function parseInput<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  where: string,
): z.output<S> | undefined {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      `The ${where} is not valid. ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
