import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';

/** As many as hosts answer at once. */
export const MOST_PATHS = 100;

const QUERY = `query ($slug: ID!, $commit: String!, $paths: [String!]!) {
  project(fullPath: $slug) {
    repository {
      blobs(ref: $commit, paths: $paths, first: ${MOST_PATHS}) {
        nodes { path size }
      }
    }
  }
}`;

const schema = z.object({
  repository: z.object({
    blobs: z
      .object({
        nodes: z.array(z.object({ path: z.string(), size: z.number().int() })),
      })
      .nullish(),
  }),
});

/** Bytes of files by their paths: listing them, hosts do not tell. */
export async function readSizes(
  project: ProjectApi,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (let at = 0; at < paths.length; at += MOST_PATHS) {
    const some = paths.slice(at, at + MOST_PATHS);
    const variables = { commit, paths: some };
    const { repository } = await project.query(QUERY, schema, variables);
    for (const { path, size } of repository.blobs?.nodes ?? []) {
      sizes.set(path, size);
    }
  }
  const missing = paths.find(path => !sizes.has(path));
  if (missing === undefined) return sizes;
  throw project.error(
    'corrupt',
    `lists the file ${missing.slice(0, 300)} and does not tell its size`,
    'Refresh; if it stays so, run git fsck on a clone of the repository.',
  );
}
