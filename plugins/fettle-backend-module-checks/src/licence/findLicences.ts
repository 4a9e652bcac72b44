/**
 * Names of licence texts, best first: LICENSE, LICENCE.md, LICENSE-MIT,
 * MIT-LICENSE, COPYING.LESSER, UNLICENSE, and the folder of REUSE
 * (https://reuse.software/spec-3.3).
 */
const NAMES: RegExp[] = [
  /^licen[sc]e(\.(md|markdown|txt|rst|adoc|html|rtf))?$/i,
  /^(unlicen[sc]e|copying)(\.(md|markdown|txt|rst))?$/i,
  /^licen[sc]es?[._-][a-z0-9+._-]+$/i,
  /^[a-z0-9.]+[._-]licen[sc]e(\.(md|txt|rst))?$/i,
  /^copying[._-][a-z0-9+._-]+$/i,
  /^licen[sc]es(\.(md|txt|rst))?$/i,
  /^licen[sc]es\/[^/]+\.(txt|md)$/i,
  /^licen[sc]es?\/[^/]+$/i,
];
/** What belongs to others, and what only looks like a licence by its name. */
const THIRD_PARTY = /third[-_. ]?part|3rd[-_. ]?part|vendor|dependenc|bundled/i;
const CODE =
  /\.(js|jsx|ts|tsx|py|rb|go|rs|java|kt|c|h|cc|cpp|cs|php|sh|json|ya?ml|toml|png|svg|spdx|tmpl|tpl|erb|header)$/i;

/** The licence texts at the top of a repository, best first. */
export function findLicences(paths: readonly string[]): string[] {
  const found: { path: string; rank: number }[] = [];
  for (const path of paths) {
    if (!/licen[sc]e|^copying/i.test(path) || CODE.test(path)) continue;
    if (THIRD_PARTY.test(path)) continue;
    const rank = NAMES.findIndex(name => name.test(path));
    if (rank >= 0) found.push({ path, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
    .map(({ path }) => path);
}
