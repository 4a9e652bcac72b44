import gitUrlParse from 'git-url-parse';

/** A remote in the one form in which Fettle knows it. */
export interface RemoteAddress {
  protocol: 'https' | 'http' | 'ssh';
  /** With the port where it is not the usual one. */
  host: string;
  /** Without leading and trailing `/` and `.git`. */
  path: string;
  /** `<protocol>://[user@]<host>/<path>`; a user for ssh only, where it is no secret. */
  remote: string;
  /** What stood before the `@` of an http address. */
  credential?: { username: string; password: string };
}

const HOST = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/;
const USER = /^[a-z0-9_][a-z0-9._-]*$/i;

/** Why a string is not the address of a remote. The message never repeats it: it may hold a credential. */
export class AddressError extends Error {
  readonly name = 'AddressError';
}

/**
 * Parses `https://…`, `http://…`, `ssh://…` and `user@host:path`. Everything
 * else is refused, above all what git would take as an option or as the name
 * of a program (`--upload-pack=…`, `ext::…`).
 */
export function parseRemote(value: string): RemoteAddress {
  if (/[\s\0]/.test(value)) throw new AddressError('it contains white space');
  if (value.startsWith('-')) throw new AddressError('it starts with a dash');
  if (/^[a-z0-9+.-]*::/i.test(value)) {
    throw new AddressError('it names a remote helper, which is a program');
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1].toLowerCase();
  if (!scheme && !/^[^/:@]+@[^/:@]+:[^:]+$/.test(value)) {
    throw new AddressError('it has no protocol');
  }
  if (scheme && !['https', 'http', 'ssh'].includes(scheme)) {
    throw new AddressError(`it uses the protocol ${scheme}`);
  }
  const url = parseUrl(
    scheme ? value : value.replace(/^([^:]+):\/?/, 'ssh://$1/'),
  );
  const protocol = url.protocol.slice(0, -1) as RemoteAddress['protocol'];
  const host = url.hostname.toLowerCase();
  if (!HOST.test(host) && !/^\[[0-9a-f:.]+\]$/.test(host)) {
    throw new AddressError('its host is not a host name');
  }
  if (url.search || url.hash) {
    throw new AddressError('it has a query or a fragment');
  }
  const path = cleanPath(url.pathname);
  const username = decode(url.username);
  if (protocol === 'ssh' && username && !USER.test(username)) {
    throw new AddressError('its user is not a user name');
  }

  const standardPort = { https: '443', http: '80', ssh: '22' }[protocol];
  const port = url.port && url.port !== standardPort ? `:${url.port}` : '';
  const user = protocol === 'ssh' && username ? `${username}@` : '';
  return {
    protocol,
    host: `${host}${port}`,
    path,
    remote: `${protocol}://${user}${host}${port}/${path}`,
    ...(protocol !== 'ssh' && (url.username || url.password)
      ? { credential: { username, password: decode(url.password) } }
      : {}),
  };
}

/**
 * Splits the address of a page or folder on a host, as catalog locations have
 * it, into the repository and the folder in it.
 */
export function parseSourceUrl(value: string): {
  address: RemoteAddress;
  subpath: string;
} {
  let parsed: ReturnType<typeof gitUrlParse>;
  try {
    parsed = gitUrlParse(value);
  } catch {
    throw new AddressError('it is not the address of a repository');
  }
  if (parsed.protocol !== 'https' && parsed.protocol !== 'http') {
    throw new AddressError(`it uses the protocol ${parsed.protocol}`);
  }
  const url = parseUrl(value);
  const inHref = parsed.toString('https').replace(/^https:\/\/[^/]*\//, '');
  if (!inHref.includes('/') && !url.pathname.endsWith('.git')) {
    throw new AddressError('it names no repository on its host');
  }
  return {
    address: parseRemote(`${url.protocol}//${url.host}/${inHref}`),
    subpath: subpathOf(parsed),
  };
}

function subpathOf(parsed: ReturnType<typeof gitUrlParse>): string {
  const { filepath, filepathtype, ref } = parsed;
  // `/src/branch/<name>/<path>`, as some hosts have it.
  if (filepathtype === 'src' && /^(branch|tag|commit)$/.test(ref)) {
    return filepath.split('/').slice(1).join('/');
  }
  return filepath ?? '';
}

function parseUrl(value: string): URL {
  try {
    return new URL(value);
  } catch {
    throw new AddressError('it is not a URL');
  }
}

function cleanPath(pathname: string): string {
  const path = decode(pathname)
    .replace(/\/+/g, '/')
    .replace(/^\/|\/$/g, '')
    .replace(/\.git$/, '');
  if (path === '') throw new AddressError('it names no repository on its host');
  if (
    path.startsWith('-') ||
    [...path].some(character => character < ' ' || character === '\x7f') ||
    path.split('/').some(part => part === '..' || part === '.')
  ) {
    throw new AddressError('its path is not that of a repository');
  }
  return path;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new AddressError('it has a broken % escape');
  }
}
