/** `1 file`, `3 files`; a plural that is not the singular with an s is given. */
export function counted(
  count: number,
  one: string,
  many: string = `${one}s`,
): string {
  return `${count} ${count === 1 ? one : many}`;
}
