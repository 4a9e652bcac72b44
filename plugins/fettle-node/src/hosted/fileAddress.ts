/** What hosts show as a page of text, where lines have no place. */
const MARKUP =
  /\.(md|mdown|mkdn?|markdown|mdx|rst|adoc|asciidoc|org|textile|rdoc|creole|mediawiki|wiki|ipynb)$/i;

/**
 * The end of the address of a file's page, as most hosts write it:
 * `<commit>/<path>#L<line>`, encoded. Undefined for what has no page: a path
 * that is none of a repository, or a commit without its whole id.
 *
 * @public
 */
export function fileAddress(
  commit: string,
  path: string,
  options: {
    /** First line is 1. */
    line?: number;
    /** The query by which the host shows the lines of a file that it would render. */
    asSource?: string;
  } = {},
): string | undefined {
  const { line, asSource } = options;
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) || !hasPage(path)) {
    return undefined;
  }
  const file = path.split('/').map(encodeURIComponent).join('/');
  if (line === undefined) return `${commit}/${file}`;
  const query = asSource && MARKUP.test(path) ? `?${asSource}` : '';
  return `${commit}/${file}${query}#L${Math.trunc(line)}`;
}

function hasPage(path: string): boolean {
  return (
    path.split('/').every(part => part !== '' && !/^\.\.?$/.test(part)) &&
    // A name that is not UTF-8 is shown by its bytes, see `decodeName`.
    !/\\x[0-9a-f]{2}|\0/.test(path) &&
    // Half a surrogate pair has no encoding.
    !/\p{Surrogate}/u.test(path)
  );
}
