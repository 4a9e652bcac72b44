import { SourceError } from 'backstage-plugin-fettle-node';
import type { RepositoryApi } from '../api/RepositoryApi';

/**
 * Runs a reading of one commit. Where the host has nothing there, it is asked
 * for the repository: `moved` is said of a repository that is there.
 */
export async function explainMissing<T>(
  repository: RepositoryApi,
  commit: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // What a tree is asked for is no tree to it.
    const missing =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'invalid');
    if (!missing) throw error;
    await repository.assertThere();
    throw new SourceError(
      'moved',
      `Cannot read ${repository.location.remote}: commit ${commit} is not there any more.`,
      'Refresh: the branch was rewritten since it was looked at.',
      error,
    );
  }
}
