import type { RepositoryLocation } from '../contracts/RepositorySource';
import { SourceError } from '../contracts/SourceError';

/**
 * Throws a {@link SourceError} `invalid` for what is not the id of a commit, so
 * that nothing else gets into the address of a request.
 *
 * @public
 */
export function assertCommit(
  { remote }: RepositoryLocation,
  commit: string,
): void {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return;
  const given = JSON.stringify(commit.slice(0, 80));
  throw new SourceError(
    'invalid',
    `Cannot read ${remote}: ${given} is not the id of a commit.`,
    'Ask for a commit that a snapshot named.',
  );
}
