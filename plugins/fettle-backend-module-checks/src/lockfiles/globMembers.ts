import { matcher } from '../paths/globs';

/** Whether workspace globs (`packages/*`, `!packages/old`) take a folder in. */
export function globMembers(
  globs: readonly string[],
  rootFolder: string,
  memberFolder: string,
): boolean {
  const inside =
    rootFolder === ''
      ? memberFolder
      : memberFolder.slice(rootFolder.length + 1);
  const tidy = (glob: string) =>
    glob
      .replace(/^!/, '')
      .replace(/^\.?\//, '')
      .replace(/\/+$/, '');
  const taken = globs.filter(glob => !glob.startsWith('!')).map(tidy);
  const left = globs.filter(glob => glob.startsWith('!')).map(tidy);
  return (
    matcher(taken.filter(Boolean))(inside) &&
    !matcher(left.filter(Boolean))(inside)
  );
}
