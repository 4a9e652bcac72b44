import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type { GiteaHost } from '../config/readGiteaConfig';

/** Owner and name, as the API takes them. */
export interface Slug {
  owner: string;
  repo: string;
}

/** What is to know of a host to tell its repositories by their addresses. */
export type HostAddress = Pick<GiteaHost, 'host' | 'webUrl'>;

/** The host of a location, as hosts are called; empty where it has none. */
export function hostOf({ remote }: Pick<RepositoryLocation, 'remote'>): string {
  return /^https?:\/\//.test(remote) && URL.canParse(remote)
    ? new URL(remote).host.toLowerCase()
    : '';
}

/** Owner and name of a location; undefined where its remote is not that of a repository of the host. */
export function slugOf(
  { remote }: Pick<RepositoryLocation, 'remote'>,
  { webUrl }: HostAddress,
): Slug | undefined {
  const { pathname } = new URL(remote);
  const folder = pathOf(webUrl);
  if (!pathname.startsWith(`${folder}/`)) return undefined;
  return parseSlug(pathname.slice(folder.length + 1));
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
export function locationOf(
  { host, webUrl }: HostAddress,
  { owner, repo }: Slug,
): RepositoryLocation {
  const name = `${owner}/${repo}`;
  const remote = `${webUrl}/${name}`;
  return { remote, name, host, webUrl: remote };
}

/** The path below which the host serves everything; empty for most. */
export function pathOf(webUrl: string): string {
  return new URL(webUrl).pathname.replace(/\/+$/, '');
}
