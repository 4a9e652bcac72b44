import type { RepositorySource } from 'backstage-plugin-fettle-node';
import type { DiscoveredRepository } from '../store/FettleStore';

/** The page of a place on its host; undefined where it has none. */
export type FileUrl = (
  repository: DiscoveredRepository,
  place: { commit?: string | null; path?: string | null; line?: number | null },
) => string | undefined;

/** Asks the source that reads a repository. Whatever it says, only addresses of the web become links. */
export function createFileUrl(
  sources: () => ReadonlyMap<string, RepositorySource>,
): FileUrl {
  return (repository, { commit, path, line }) => {
    if (!commit || !path) return undefined;
    const source = sources().get(repository.sourceId);
    const url = source?.fileUrl?.(repository, commit, path, {
      line: line ?? undefined,
    });
    return url && /^https?:\/\//.test(url) && URL.canParse(url)
      ? url
      : undefined;
  };
}
