import { createHash } from 'node:crypto';

/**
 * The id of a repository: 16 hex digits of the SHA-256 of its canonical remote.
 * The same remote has the same id in every portal and after every restart.
 */
export function repositoryId(remote: string): string {
  return createHash('sha256').update(remote).digest('hex').slice(0, 16);
}
