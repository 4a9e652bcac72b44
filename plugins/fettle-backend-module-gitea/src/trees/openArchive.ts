import { SourceError } from 'backstage-plugin-fettle-node';
import type { RepositoryApi } from '../api/RepositoryApi';

/** The archive of a commit: a gzipped tar with all files in one folder. */
export async function openArchive(
  repository: RepositoryApi,
  commit: string,
): Promise<AsyncIterable<Uint8Array>> {
  let response: Response;
  try {
    response = await repository.stream(`/archive/${commit}.tar.gz`);
  } catch (error) {
    const none = error instanceof SourceError && error.code === 'not-found';
    if (!none) throw error;
    // The commit was there a moment ago: its tree was listed.
    throw repository.error(
      'failed',
      'gives no archive, which searching a repository takes',
      'Allow archives on the host (DISABLE_DOWNLOAD_SOURCE_ARCHIVES), or refresh where the commit is gone.',
    );
  }
  return response.body ?? nothing();
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
