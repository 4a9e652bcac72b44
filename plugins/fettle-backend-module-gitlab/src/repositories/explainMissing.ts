import { SourceError } from 'backstage-plugin-fettle-node';
import type { ProjectApi } from '../api/ProjectApi';

/**
 * Runs a reading of one commit. Where the host has nothing there, it is asked
 * for the repository: `moved` is said of a repository that is there.
 */
export async function explainMissing<T>(
  project: ProjectApi,
  commit: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const missing = error instanceof SourceError && error.code === 'not-found';
    if (!missing) throw error;
    await project.assertThere();
    throw new SourceError(
      'moved',
      `Cannot read ${project.location.remote}: commit ${commit} is not there any more.`,
      'Refresh: the branch was rewritten since it was looked at.',
      error,
    );
  }
}
