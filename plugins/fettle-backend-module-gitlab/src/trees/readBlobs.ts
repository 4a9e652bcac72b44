import { SourceError, type HostedEntry } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import { MOST_PATHS } from './readSizes';

/** Of files that are asked for together. */
const MOST_BYTES = 4 * 1024 * 1024;
const CONCURRENCY = 4;

const QUERY = `query ($slug: ID!, $commit: String!, $paths: [String!]!) {
  project(fullPath: $slug) {
    repository {
      blobs(ref: $commit, paths: $paths, first: ${MOST_PATHS}) {
        nodes { path oid rawTextBlob }
      }
    }
  }
}`;

const schema = z.object({
  repository: z.object({
    blobs: z
      .object({
        nodes: z.array(
          z.object({
            path: z.string(),
            oid: z.string(),
            rawTextBlob: z.string().nullish(),
          }),
        ),
      })
      .nullish(),
  }),
});

/**
 * Contents by object id: of text up to a hundred in one request. What hosts
 * take for no text, and what has a name that is not UTF-8, is asked for by
 * itself, byte for byte.
 */
export async function readBlobs(
  project: ProjectApi,
  options: {
    commit: string;
    entries: readonly HostedEntry[];
    wanted: ReadonlyMap<string, number>;
  },
): Promise<Map<string, Buffer | null>> {
  const { commit, entries, wanted } = options;
  const found = new Map<string, Buffer | null>();
  const paths = new Map(
    entries.flatMap(({ objectId, path }) =>
      wanted.has(objectId) ? [[objectId, path]] : [],
    ),
  );
  for (const [id, size] of wanted) {
    if (size === 0) found.set(id, Buffer.alloc(0));
  }
  for (const group of inGroups(wanted, found)) {
    const asked = group.flatMap(id => paths.get(id) ?? []);
    const { repository } = await project.query(QUERY, schema, {
      ...{ commit, paths: asked },
    });
    for (const { oid, rawTextBlob } of repository.blobs?.nodes ?? []) {
      const content = textOf(rawTextBlob, wanted.get(oid));
      if (content) found.set(oid, content);
    }
  }
  const left = [...wanted.keys()].filter(id => !found.has(id));
  const worker = async () => {
    for (let id = left.shift(); id; id = left.shift()) {
      found.set(id, await readBlob(project, id));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return found;
}

/** Hosts put what is no UTF-8 into it, and so change its length: then it is asked for as it is. */
function textOf(
  text: string | null | undefined,
  size: number | undefined,
): Buffer | undefined {
  if (text === null || text === undefined) return undefined;
  const bytes = Buffer.from(text);
  return bytes.length === size ? bytes : undefined;
}

/** As many at a time as hosts answer, and as may be in memory at once. */
function* inGroups(
  wanted: ReadonlyMap<string, number>,
  done: ReadonlyMap<string, unknown>,
): Generator<string[]> {
  let group: string[] = [];
  let bytes = 0;
  for (const [id, size] of wanted) {
    if (!done.has(id) && size <= MOST_BYTES) {
      if (group.length >= MOST_PATHS || bytes + size > MOST_BYTES) {
        yield group;
        group = [];
        bytes = 0;
      }
      group.push(id);
      bytes += size;
    }
  }
  if (group.length > 0) yield group;
}

async function readBlob(project: ProjectApi, id: string): Promise<Buffer> {
  let response: Response;
  try {
    const path = `/repository/blobs/${encodeURIComponent(id)}/raw`;
    response = await project.stream(path);
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'not-found') {
      throw error;
    }
    throw project.error(
      'corrupt',
      'lists a file that it does not have',
      'Refresh; if it stays so, run git fsck on a clone of the repository.',
    );
  }
  try {
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new SourceError(
      project.signal.aborted ? 'timeout' : 'unreachable',
      `A file of ${project.location.remote} broke off, or was not read in time.`,
      'Check the network between the portal and the host.',
      error,
    );
  }
}
