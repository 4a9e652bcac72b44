/** A file as git leaves it when two sides disagree. The markers are composed, so that this file has none itself. */
export function conflicted(
  ours: string,
  theirs: string,
  branch: string,
): string {
  return [
    `${'<'.repeat(7)} HEAD`,
    ours,
    '='.repeat(7),
    theirs,
    `${'>'.repeat(7)} ${branch}`,
  ].join('\n');
}
