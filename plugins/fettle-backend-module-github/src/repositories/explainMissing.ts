import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';

/**
 * Runs a reading of one commit. Where the host has nothing there, it is asked
 * for the repository: `moved` is said of a repository that is there.
 */
export async function explainMissing<T>(
  hosts: GithubHosts,
  location: RepositoryLocation,
  commit: string,
  options: { signal: AbortSignal },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const missing =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'invalid');
    if (!missing) throw error;
    const { signal } = options;
    // Throws where the repository itself is gone.
    await hosts.ask(location, { route: 'GET /repos/{owner}/{repo}', signal });
    throw new SourceError(
      'moved',
      `Cannot read ${location.remote}: commit ${commit} is not there any more.`,
      'Refresh: the branch was rewritten since it was looked at.',
      error,
    );
  }
}
