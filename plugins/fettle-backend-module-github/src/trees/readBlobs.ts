import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { queryRepository } from '../api/queryRepository';
import { hostOf } from '../locate/slug';

/** Of one query, so that the host answers within its time. */
const MOST_BLOBS = 50;
const MOST_BYTES = 1024 * 1024;
/** GraphQL cuts longer texts. */
const MOST_QUERIED = 256 * 1024;
const CONCURRENCY = 4;

const textSchema = z
  .object({ isBinary: z.boolean().nullish(), text: z.string().nullish() })
  .nullable();
const blobSchema = z.object({
  content: z.string(),
  encoding: z.literal('base64'),
});

/**
 * Contents by object id; null of what is binary and was not sent. Texts come
 * many at once by GraphQL. Where a text is not byte for byte what is stored,
 * as its length tells, and where it is long, the blob itself is read.
 */
export async function readBlobs(
  hosts: GithubHosts,
  location: RepositoryLocation,
  sizes: ReadonlyMap<string, number>,
  signal: AbortSignal,
): Promise<Map<string, Buffer | null>> {
  const found = new Map<string, Buffer | null>();
  const single: string[] = [];
  const small: string[] = [];
  for (const [id, size] of sizes) {
    if (size === 0) found.set(id, Buffer.alloc(0));
    else (size > MOST_QUERIED ? single : small).push(id);
  }
  for (const batch of inBatches(small, sizes)) {
    const texts = await queryTexts(hosts, location, batch, signal);
    for (const [index, id] of batch.entries()) {
      const blob = texts[`b${index}`];
      const bytes = blob?.text ? Buffer.from(blob.text) : undefined;
      if (blob?.isBinary) found.set(id, null);
      else if (bytes?.length === sizes.get(id)) found.set(id, bytes!);
      else single.push(id);
    }
  }
  const waiting = [...single];
  const worker = async () => {
    for (let id = waiting.shift(); id; id = waiting.shift()) {
      found.set(id, await readBlob(hosts, location, id, signal));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return found;
}

function* inBatches(ids: string[], sizes: ReadonlyMap<string, number>) {
  let batch: string[] = [];
  let bytes = 0;
  for (const id of ids) {
    const size = sizes.get(id)!;
    if (
      batch.length === MOST_BLOBS ||
      (batch.length > 0 && bytes + size > MOST_BYTES)
    ) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(id);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

async function queryTexts(
  hosts: GithubHosts,
  location: RepositoryLocation,
  ids: readonly string[],
  signal: AbortSignal,
) {
  const declared = ids.map((_, i) => `$id${i}: GitObjectID!`).join(', ');
  const asked = ids.map(
    (_, i) => `b${i}: object(oid: $id${i}) { ... on Blob { isBinary text } }`,
  );
  const query = `query ($owner: String!, $repo: String!, ${declared}) {
    repository(owner: $owner, name: $repo) { ${asked.join('\n')} }
  }`;
  const variables = Object.fromEntries(ids.map((id, i) => [`id${i}`, id]));
  const schema = z.record(z.string(), textSchema);
  return queryRepository(hosts, location, {
    ...{ query, variables, schema, signal },
  });
}

async function readBlob(
  hosts: GithubHosts,
  location: RepositoryLocation,
  id: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const { content } = await hosts
    .read(location, {
      route: 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
      parameters: { file_sha: id },
      ...{ schema: blobSchema, signal },
    })
    .catch(error => {
      if (error instanceof SourceError && error.code === 'not-found') {
        throw new SourceError(
          'corrupt',
          `${hostOf(location)} lists a file of ${
            location.remote
          } that it does not have.`,
          'Refresh; if it stays so, run git fsck on a clone of the repository.',
          error,
        );
      }
      throw error;
    });
  return Buffer.from(content, 'base64');
}
