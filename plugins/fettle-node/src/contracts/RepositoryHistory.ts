/**
 * What one commit added to one file.
 *
 * @public
 */
export interface AddedText {
  /** Path in the commit's tree, written as in a `TreeEntry`. */
  path: string;
  /** The added lines, one below the other. */
  text: string;
  /** For each line of `text`, its number in the commit's file. First line is 1. */
  lines: readonly number[];
}

/**
 * What one commit added. Merges are not told of: what they bring in is told of
 * the commits they bring.
 *
 * @public
 */
export interface CommitAdditions {
  commit: string;
  author: string;
  /** ISO 8601, UTC. */
  committedAt: string;
  added: readonly AddedText[];
  /** True where more than a source's limit was added: what is beyond is missing. Binary files and those over 1 MiB are never told of. */
  cut: boolean;
}
