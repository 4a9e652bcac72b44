import type { RepositoryLocation } from 'backstage-plugin-fettle-node';

/** Owner and name, as the API takes them. */
export interface Slug {
  owner: string;
  repo: string;
}

/** The host of a location, as hosts are called; empty where it has none. */
export function hostOf({ remote }: Pick<RepositoryLocation, 'remote'>): string {
  return URL.canParse(remote) ? new URL(remote).host.toLowerCase() : '';
}

/** Owner and name of a location; undefined where its remote is not that of a repository. */
export function slugOf({
  remote,
}: Pick<RepositoryLocation, 'remote'>): Slug | undefined {
  const [, slug = ''] = /^https?:\/\/[^/]+\/(.+)$/.exec(remote) ?? [];
  return parseSlug(slug);
}

/** Parses `owner/name`. */
export function parseSlug(value: string): Slug | undefined {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(value) ?? [];
  if (!owner || !repo || /^\.+$/.test(owner) || /^\.+$/.test(repo)) {
    return undefined;
  }
  return { owner, repo };
}

/** The location of a repository of a host. */
export function locationOf(host: string, { owner, repo }: Slug) {
  const name = `${owner}/${repo}`;
  const remote = `https://${host}/${name}`;
  return { remote, name, host, webUrl: remote };
}
