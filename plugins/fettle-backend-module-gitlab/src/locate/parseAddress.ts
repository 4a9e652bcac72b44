import { parseRepositoryAddress } from 'backstage-plugin-fettle-node';
import { parseSlug, pathOf, type HostAddress } from './slug';

/** What an address names: nothing of these hosts, a repository with a folder of it, or something else of theirs. */
export type Address =
  | { host: HostAddress; slug: string; subpath: string }
  | { host: HostAddress; problem: string };

/** Pages of files; no repository and no group can have such a name. */
const PAGES = ['tree', 'blob', 'raw', 'edit'];

/**
 * Parses the addresses by which a repository of a host is known: its page,
 * with or without a folder or file of it, and what `git clone` takes.
 * Undefined for what is on none of the hosts.
 */
export function parseAddress(
  value: string,
  hosts: ReadonlyMap<string, HostAddress>,
): Address | undefined {
  const address = parseRepositoryAddress(value);
  const host = address && findHost(address.host, value, hosts);
  if (!address || !host) return undefined;
  if ('problem' in address) return { host, problem: address.problem };
  // Over ssh a host has no path of its own.
  const root = isSsh(value) ? '' : pathOf(host.webUrl);
  const before = root.split('/').filter(Boolean);
  if (before.some((part, i) => address.parts[i] !== part)) return undefined;
  const parts = address.parts.slice(before.length);
  // Old addresses have no dash before the page.
  const end = parts.findIndex(
    (part, i) => part === '-' || (i > 1 && PAGES.includes(part)),
  );
  const path = end === -1 ? parts : parts.slice(0, end);
  const slug = parseSlug(path.join('/').replace(/\.git$/, ''));
  if (!slug) return { host, problem: 'it names no repository on its host' };
  if (end === -1) return { host, slug, subpath: address.folder };
  const [page, , ...inside] = parts.slice(parts[end] === '-' ? end + 1 : end);
  if (!PAGES.includes(page)) {
    return {
      host,
      problem: 'it names neither a repository nor a folder of one',
    };
  }
  // A branch with a slash cannot be told from a folder.
  const subpath = page === 'tree' ? inside : inside.slice(0, -1);
  return { host, slug, subpath: subpath.join('/') };
}

function isSsh(value: string): boolean {
  return !/^\s*https?:/i.test(value);
}

/** The port of ssh is not that of the page. */
function findHost(
  name: string,
  value: string,
  hosts: ReadonlyMap<string, HostAddress>,
): HostAddress | undefined {
  const found = hosts.get(name);
  if (found || !isSsh(value)) return found;
  const bare = name.replace(/:\d+$/, '');
  return [...hosts.values()].find(
    ({ host }) => host.replace(/:\d+$/, '') === bare,
  );
}
