/** Path of the repository page, relative to the Fleet page. */
export function repositoryPath(id: string, subpath = ''): string {
  const path = `repositories/${encodeURIComponent(id)}`;
  return subpath === ''
    ? path
    : `${path}?${new URLSearchParams({ subpath }).toString()}`;
}
