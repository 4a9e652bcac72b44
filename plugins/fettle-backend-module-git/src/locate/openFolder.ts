import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { LocalRepository } from '../read/LocalRepository';
import type { LocalFolders } from './LocalFolders';
import { AddressError } from './RemoteAddress';

const TIMEOUT_MS = 60_000;

/** The repository in a folder that may be used. */
export function openFolder(
  folders: LocalFolders,
  { remote }: RepositoryLocation,
): LocalRepository {
  let found;
  try {
    found = folders.find({ remote });
  } catch (error) {
    if (error instanceof AddressError) {
      throw new SourceError(
        'invalid',
        `Cannot read ${remote}: ${error.message}.`,
        'Name its folder in fettle.git.allowedFolders, or remove its entity.',
      );
    }
    throw error;
  }
  if (!found) {
    throw new SourceError(
      'not-found',
      `Cannot read ${remote}: there is no repository in this folder.`,
      'Check whether the folder was moved or deleted; if it is gone, remove its entity.',
    );
  }
  return { remote, ...found, timeoutMs: TIMEOUT_MS };
}
