import { tryGit } from 'backstage-plugin-fettle-node/testUtils';
import { json, type Answer } from './answers';
import type { HostedRepository } from './HostedRepository';

/** As many blobs as the host answers at once. */
const MOST_PATHS = 100;

/** Answers the queries for blobs, from the repository's Git data. */
export function answerQuery(
  body: { query: string; variables: Record<string, unknown> },
  find: (slug: string) => HostedRepository | undefined,
): Answer {
  const { query, variables } = body;
  const { slug, commit, paths } = variables as {
    slug: string;
    commit: string;
    paths: string[];
  };
  const repository = find(slug);
  if (!repository) return json({ data: { project: null } });
  const { folder } = repository;
  if (paths.length > MOST_PATHS) {
    return json({ errors: [{ message: 'Query has complexity of 999' }] });
  }
  const nodes = paths.flatMap(path => {
    const oid = tryGit(folder, [
      'rev-parse',
      '--verify',
      '-q',
      `${commit}:${path}`,
    ]);
    if (!oid) return [];
    const id = oid.toString().trim();
    const content = tryGit(folder, ['cat-file', 'blob', id]);
    if (!content) return [];
    const binary = content.subarray(0, 8000).includes(0);
    return [
      {
        path,
        ...(query.includes('oid') ? { oid: id } : {}),
        ...(query.includes('size') ? { size: content.length } : {}),
        ...(query.includes('rawTextBlob')
          ? // What is no UTF-8 is made some.
            { rawTextBlob: binary ? null : content.toString() }
          : {}),
      },
    ];
  });
  return json({ data: { project: { repository: { blobs: { nodes } } } } });
}
