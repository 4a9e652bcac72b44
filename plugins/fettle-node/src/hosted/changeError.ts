import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';

/**
 * Says that a repository cannot be changed on its host, and why.
 *
 * @public
 */
export function changeError(
  location: RepositoryLocation,
  code: SourceError['code'],
  what: string,
  {
    action = 'Fettle looks again by itself.',
    cause,
  }: {
    action?: string;
    cause?: unknown;
  } = {},
): SourceError {
  return new SourceError(
    code,
    `Cannot change ${location.remote}: ${what}.`,
    action,
    cause,
  );
}
