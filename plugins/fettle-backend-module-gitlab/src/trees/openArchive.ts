import { SourceError } from 'backstage-plugin-fettle-node';
import type { ProjectApi } from '../api/ProjectApi';

/** The archive of a commit: a gzipped tar with all files in one folder. */
export async function openArchive(
  project: ProjectApi,
  commit: string,
): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await project.stream('/repository/archive.tar.gz', {
      ...{ sha: commit, include_lfs_blobs: false },
    });
  } catch (error) {
    const none = error instanceof SourceError && error.code === 'not-found';
    if (!none) throw error;
    // The commit was there a moment ago: its tree was listed.
    throw project.error(
      'failed',
      'gives no archive, which searching a repository takes',
      'Refresh: the commit may be gone.',
    );
  }
  return response.body ?? nothing();
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
