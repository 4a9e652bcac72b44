import { SourceError } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { RepositoryApi } from '../api/RepositoryApi';

const CONCURRENCY = 4;

const blobSchema = z.object({
  // Null where it is larger than the host gives (DEFAULT_MAX_BLOB_SIZE).
  content: z.string().nullish(),
  encoding: z.string().nullish(),
  size: z.number().int().nullish(),
});

/** Contents by object id, one request each. */
export async function readBlobs(
  repository: RepositoryApi,
  sizes: ReadonlyMap<string, number>,
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const waiting: string[] = [];
  for (const [id, size] of sizes) {
    if (size === 0) found.set(id, Buffer.alloc(0));
    else waiting.push(id);
  }
  const worker = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      found.set(id, await readBlob(repository, id));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return found;
}

async function readBlob(
  repository: RepositoryApi,
  id: string,
): Promise<Buffer> {
  const { client, name } = repository;
  const asked = client.repos.getBlob(...name, id);
  const { content, encoding } = await repository
    .read(asked, blobSchema)
    .catch(error => {
      // Hosts call it a bad request.
      const missing =
        error instanceof SourceError &&
        (error.code === 'not-found' || error.code === 'invalid');
      if (missing) {
        throw repository.error(
          'corrupt',
          'lists a file that it does not have',
          'Refresh; if it stays so, run git fsck on a clone of the repository.',
        );
      }
      throw error;
    });
  if (content === null || content === undefined) {
    throw repository.error(
      'too-large',
      'does not give a file of this size through its API',
      'Raise DEFAULT_MAX_BLOB_SIZE of the host, or take it out of fettle.gitea.hosts to have it read with git.',
    );
  }
  if (encoding && encoding !== 'base64') {
    throw repository.error(
      'corrupt',
      `gives a file as ${encoding.slice(0, 40)}`,
      'Report this to the authors of Fettle, with the version of the host.',
    );
  }
  return Buffer.from(content, 'base64');
}
