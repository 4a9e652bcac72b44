import { SourceError } from '../contracts/SourceError';

/** What a reading failed with, which must be a {@link SourceError}. */
export async function failureOf(
  reading: Promise<unknown>,
): Promise<SourceError> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw new Error(`A SourceError was due, and there was ${String(error)}`);
}
