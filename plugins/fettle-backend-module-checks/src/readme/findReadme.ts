/**
 * The names under which hosts show a README, best first: the markups that
 * GitHub's and GitLab's renderers know, then plain text, then a translation.
 */
const NAMES: RegExp[] = [
  /^readme\.(md|markdown|mdown|mkdn|mkd)$/i,
  /^readme\.(rst|rest)$/i,
  /^readme\.(adoc|asciidoc|asc)$/i,
  /^readme\.(org|textile|rdoc|pod|creole|mediawiki|wiki)$/i,
  /^readme\.(txt|text)$/i,
  /^readme$/i,
  /^readme[._-][a-z]{2}([_-][a-z]{2,4})?\.(md|markdown|rst|adoc|txt)$/i,
  /^readme\.html?$/i,
];

/**
 * The root first: every host and every package registry shows it. GitHub alone
 * also looks into `.github/` and `docs/`.
 */
const FOLDERS = ['', '.github/', 'docs/'];

/**
 * The README that a host shows of the files given, or undefined.
 *
 * @param wholeRepository - false for a subpath, where only its own folder counts
 */
export function findReadme(
  paths: readonly string[],
  wholeRepository: boolean,
): string | undefined {
  const candidates = paths.filter(path => /(^|\/)readme[^/]*$/i.test(path));
  for (const folder of wholeRepository ? FOLDERS : ['']) {
    const names = candidates
      .filter(path => path.toLocaleLowerCase('en-US').startsWith(folder))
      .map(path => ({ path, name: path.slice(folder.length) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const pattern of NAMES) {
      const found = names.find(({ name }) => pattern.test(name));
      if (found) return found.path;
    }
  }
  return undefined;
}
