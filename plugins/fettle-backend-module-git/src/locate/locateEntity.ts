import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import { ANNOTATION_REPOSITORY } from 'backstage-plugin-fettle-common';
import type {
  AnnotatedEntity,
  EntityLocation,
} from 'backstage-plugin-fettle-node';
import type { KnownAddresses } from './KnownAddresses';
import type { LocalFolders } from './LocalFolders';
import { AddressError, parseRemote, parseSourceUrl } from './RemoteAddress';

/**
 * Where an entity's repository is.
 *
 * `fettle.dev/repository` wins: someone wrote it for Fettle. Then
 * `backstage.io/source-location`, which the catalog writes by itself for an
 * entity from a URL; an entity may also bring its own, so neither is trusted.
 * For an entity from a file on this server the catalog writes none, and the
 * file's own place (`backstage.io/managed-by-location`) is used if it is in a
 * repository that may be read. Where it is not, that is no problem: nobody
 * said that there is one, and example entities of a portal live in such files.
 */
export function locateEntity(
  { annotations }: AnnotatedEntity,
  known: { addresses: KnownAddresses; folders: LocalFolders },
): EntityLocation | undefined {
  const repository = annotations[ANNOTATION_REPOSITORY];
  if (repository !== undefined) {
    return explain(
      ANNOTATION_REPOSITORY,
      'Use the address of a repository, for example https://git.example.com/payments/ledger#services/api.',
      () => fromRepositoryAnnotation(repository.trim(), known),
    );
  }

  const source = annotations[ANNOTATION_SOURCE_LOCATION];
  if (source !== undefined) {
    return explain(
      ANNOTATION_SOURCE_LOCATION,
      `Use url: and the address of a folder in a repository, for example url:https://git.example.com/payments/ledger/tree/main/, or name the repository with ${ANNOTATION_REPOSITORY}.`,
      () => fromSourceLocation(source.trim(), known),
    );
  }

  const managedBy = annotations[ANNOTATION_LOCATION];
  if (managedBy?.startsWith('file:')) {
    const found = known.folders.enclosing(managedBy);
    return (
      found && {
        location: found.location,
        subpath: parentOf(found.subpath),
      }
    );
  }
  return undefined;
}

function fromRepositoryAnnotation(
  value: string,
  { addresses, folders }: { addresses: KnownAddresses; folders: LocalFolders },
): EntityLocation {
  const hash = value.indexOf('#');
  const address = hash === -1 ? value : value.slice(0, hash);
  const subpath = cleanSubpath(hash === -1 ? '' : value.slice(hash + 1));
  if (address === '') throw new AddressError('it is empty');
  // A folder is recognised by its start: whatever else has no protocol is
  // refused as an address, and never looked for on this server.
  const location = /^(file:|\/|\.{1,2}\/)/i.test(address)
    ? folders.toLocation(address)
    : addresses.toAnnotatedLocation(parseRemote(address));
  return { location, subpath };
}

function fromSourceLocation(
  value: string,
  { addresses, folders }: { addresses: KnownAddresses; folders: LocalFolders },
): EntityLocation {
  if (value.startsWith('file:')) {
    const found = folders.enclosing(value);
    if (!found) {
      throw new AddressError('it is in no repository that Fettle may read');
    }
    return found;
  }
  if (!value.startsWith('url:')) {
    throw new AddressError('it starts with neither url: nor file:');
  }
  const { address, subpath } = parseSourceUrl(value.slice('url:'.length));
  return {
    location: addresses.toAnnotatedLocation(address),
    subpath: cleanSubpath(subpath),
  };
}

function explain(
  key: string,
  action: string,
  find: () => EntityLocation,
): EntityLocation {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return {
      problem: {
        message: `The annotation ${key} cannot be used: ${error.message}.`,
        action,
      },
    };
  }
}

function cleanSubpath(value: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(value);
  } catch {
    throw new AddressError('its folder has a broken % escape');
  }
  const parts = decoded.split('/').filter(part => part !== '' && part !== '.');
  if (parts.includes('..')) {
    throw new AddressError('its folder leads out of the repository');
  }
  if (decoded.includes('\0')) {
    throw new AddressError('its folder is not a path');
  }
  return parts.join('/');
}

function parentOf(subpath: string) {
  return subpath.split('/').slice(0, -1).join('/');
}
