/** A path inside the repository, or null for what leads elsewhere. */
export function safePath(given: string): string | null {
  const uri = given.replace(/^file:\/\/\/?(?:\.\/)?/, '').replace(/^\.\//, '');
  let path: string;
  try {
    path = decodeURIComponent(uri).replaceAll('\\', '/');
  } catch {
    return null;
  }
  const parts = path.split('/');
  const leadsOut =
    path === '' ||
    path.startsWith('/') ||
    /^[a-z][a-z0-9+.-]*:/i.test(path) ||
    path.includes('\0') ||
    parts.includes('..');
  if (leadsOut || given.startsWith('file:///')) return null;
  return parts.filter(part => part !== '' && part !== '.').join('/');
}
