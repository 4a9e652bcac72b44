/**
 * What an address names, as far as all hosts agree.
 *
 * @public
 */
export type RepositoryAddress =
  | {
      /** In lower case, with its port if it names one. */
      host: string;
      /** The path, decoded: at least one part, none empty, `.` or `..`. */
      parts: string[];
      /** What stands behind `#`: a folder of the repository; `''` is its root. */
      folder: string;
    }
  | {
      host: string;
      /** Why it cannot be used, to follow "The address cannot be used:". */
      problem: string;
    };

/**
 * Parses the addresses by which a repository is known: its page or one below
 * it, what `git clone` takes (http, https, ssh), and the short form of ssh
 * (`git@host:path`). Undefined for what names no host. What the parts of the
 * path mean, its host knows.
 *
 * @public
 */
export function parseRepositoryAddress(
  value: string,
): RepositoryAddress | undefined {
  const [address, ...fragment] = value.trim().split('#');
  const short = /^[\w.-]+@([^/:@\s]+):(.+)$/.exec(address);
  if (short && !address.includes('://')) {
    return named(short[1].toLowerCase(), short[2], fragment.join('#'));
  }
  if (!/^(https?|ssh):\/\//i.test(address) || !URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  const host = url.host.toLowerCase();
  if (host === '') return undefined;
  if (url.password || (url.username && url.protocol !== 'ssh:')) {
    return {
      host,
      problem: 'it holds a credential, which everyone can read in the catalog',
    };
  }
  return named(host, url.pathname, fragment.join('#'));
}

function named(
  host: string,
  pathname: string,
  fragment: string,
): RepositoryAddress {
  let path: string;
  let inside: string;
  try {
    path = decodeURIComponent(pathname);
    inside = decodeURIComponent(fragment);
  } catch {
    return { host, problem: 'it has a broken % escape' };
  }
  const parts = partsOf(path);
  if (!parts || parts.length === 0) {
    return { host, problem: 'it names no repository on its host' };
  }
  const folder = partsOf(inside)?.join('/');
  if (folder === undefined) {
    return { host, problem: 'its folder is not one of the repository' };
  }
  return { host, parts, folder };
}

/** Undefined for what leads out of where it starts. */
function partsOf(path: string): string[] | undefined {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  return parts.includes('..') || path.includes('\0') ? undefined : parts;
}
