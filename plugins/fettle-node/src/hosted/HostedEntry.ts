import type { TreeEntry } from '../contracts/RepositoryTree';

/**
 * A file of a tree with what is needed to ask its host for it.
 *
 * @public
 */
export interface HostedEntry extends TreeEntry {
  /** The id of its Git object, in hex. */
  objectId: string;
}
