import { parseRepositoryAddress } from 'backstage-plugin-fettle-node';
import { parseSlug, type Slug } from './slug';

/** What an address on a host names. */
export type Address =
  | {
      host: string;
      slug: Slug;
      /** A folder of it, or behind `#`. */ subpath: string;
    }
  | { host: string; problem: string };

/**
 * Parses the addresses by which a repository of GitHub is known: its page,
 * with or without a folder or file of it, and what `git clone` takes.
 * Undefined for what names no host.
 */
export function parseAddress(value: string): Address | undefined {
  const address = parseRepositoryAddress(value);
  if (!address || 'problem' in address) return address;
  const { host, parts, folder } = address;
  const [owner = '', name = '', kind, , ...inside] = parts;
  const slug = parseSlug(`${owner}/${name.replace(/\.git$/, '')}`);
  if (!slug) return { host, problem: 'it names no repository on its host' };
  if (kind === undefined) return { host, slug, subpath: folder };
  // A branch with a slash cannot be told from a folder.
  if (kind === 'tree') return { host, slug, subpath: inside.join('/') };
  if (kind === 'blob' || kind === 'edit' || kind === 'raw') {
    return { host, slug, subpath: inside.slice(0, -1).join('/') };
  }
  return { host, problem: 'it names neither a repository nor a folder of one' };
}
