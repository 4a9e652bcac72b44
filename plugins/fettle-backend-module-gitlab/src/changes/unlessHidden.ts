import { SourceError } from 'backstage-plugin-fettle-node';

/** Undefined where the host has no such thing, or does not show it to these credentials. */
export async function unlessHidden<T>(
  reading: Promise<T>,
): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const hidden =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'unauthorized');
    if (!hidden) throw error;
    return undefined;
  }
}
