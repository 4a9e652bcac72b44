import type { RepositoryLocation } from 'backstage-plugin-fettle-node';

/** What is to know of a host to tell its repositories by their addresses. */
export interface HostAddress {
  /** In lower case, with its port if it has one. */
  host: string;
  /** The address under which people know it, without a slash at the end. */
  webUrl: string;
}

/** Whether it can be the path of a group, or of a repository with its groups. */
export function isPath(value: string): boolean {
  return /^[\w][\w.-]*(\/[\w][\w.-]*)*$/.test(value);
}

/** The path of a repository: at least one group or person, and its name. */
export function parseSlug(value: string): string | undefined {
  return isPath(value) && value.includes('/') ? value : undefined;
}

/** The host of a location, as hosts are called; empty where it has none. */
export function hostOf({ remote }: Pick<RepositoryLocation, 'remote'>): string {
  return /^https?:\/\//.test(remote) && URL.canParse(remote)
    ? new URL(remote).host.toLowerCase()
    : '';
}

/** The path of a location; undefined where its remote is not that of a repository of the host. */
export function slugOf(
  { remote }: Pick<RepositoryLocation, 'remote'>,
  { webUrl }: HostAddress,
): string | undefined {
  const { pathname } = new URL(remote);
  const folder = pathOf(webUrl);
  if (!pathname.startsWith(`${folder}/`)) return undefined;
  return parseSlug(pathname.slice(folder.length + 1));
}

/** The location of a repository of a host. */
export function locationOf(
  { host, webUrl }: HostAddress,
  slug: string,
): RepositoryLocation {
  const remote = `${webUrl}/${slug}`;
  return { remote, name: slug, host, webUrl: remote };
}

/** The path below which the host serves everything; empty for most. */
export function pathOf(webUrl: string): string {
  return new URL(webUrl).pathname.replace(/\/+$/, '');
}
