import { parseRepositoryAddress } from 'backstage-plugin-fettle-node';
import { parseSlug, pathOf, type HostAddress, type Slug } from './slug';

/** What an address names: nothing of these hosts, a repository with a folder of it, or something else of theirs. */
export type Address =
  | { host: HostAddress; slug: Slug; subpath: string }
  | { host: HostAddress; problem: string };

/** What stands before a branch, tag or commit. */
const KINDS = ['branch', 'commit', 'tag'];

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
  const [owner = '', name = '', kind, ...inside] = address.parts.slice(
    before.length,
  );
  const slug = parseSlug(`${owner}/${name.replace(/\.git$/, '')}`);
  if (!slug) return { host, problem: 'it names no repository on its host' };
  if (kind === undefined) return { host, slug, subpath: address.folder };
  if (kind === 'src' || kind === 'raw') {
    // Old addresses name a branch without saying that it is one. A branch with
    // a slash cannot be told from a folder.
    const path = inside.slice(KINDS.includes(inside[0]) ? 2 : 1);
    return { host, slug, subpath: folderOf(path, value, kind) };
  }
  if (kind === '_edit') {
    return { host, slug, subpath: inside.slice(1, -1).join('/') };
  }
  return { host, problem: 'it names neither a repository nor a folder of one' };
}

/** The page of a file looks like that of a folder; what the catalog reads is YAML. */
function folderOf(path: string[], value: string, kind: string): string {
  const file = kind === 'raw' || /\.ya?ml$/i.test(value.split('#')[0].trim());
  return (file ? path.slice(0, -1) : path).join('/');
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
