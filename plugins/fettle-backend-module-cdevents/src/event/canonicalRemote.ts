/** The one spelling of a repository's address; undefined for what is none. */
export function canonicalRemote(remote: string): string | undefined {
  let url: URL;
  try {
    url = new URL(remote.startsWith('/') ? `file://${remote}` : remote);
  } catch {
    return undefined;
  }
  if (!['http:', 'https:', 'ssh:', 'file:'].includes(url.protocol)) {
    return undefined;
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (path === '' || remote.length > 2000) return undefined;
  return `${url.protocol}//${url.host.toLowerCase()}${path}`;
}
