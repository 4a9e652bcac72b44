import { useApi } from '@backstage/core-plugin-api';
import {
  findingsScope,
  SECURITY_SCOPE,
  type ComponentPage,
  type ComponentQuery,
  type PackagePage,
  type PackageQuery,
  type PackageUses,
  type PackageUsesQuery,
} from 'backstage-plugin-fettle-common';
import { fettleSecurityApiRef } from '../api/FettleSecurityApi';
import { useLivePages, type LivePages } from './useLivePages';

/** A scan brings several changes in a row; they are one request. */
const GAP_MS = 500;
/** Packages are counted over the whole fleet; a page of them need not be first to know. */
const FLEET_GAP_MS = 5_000;

/**
 * The packages of the fleet, most used first, kept up to date.
 *
 * @public
 */
export function useLivePackages(
  query: Partial<Omit<PackageQuery, 'cursor'>>,
): LivePages<PackagePage> {
  const api = useApi(fettleSecurityApiRef);
  return useLivePages({
    ...{ scope: SECURITY_SCOPE, gapMs: FLEET_GAP_MS },
    key: `packages:${JSON.stringify(query)}`,
    read: (cursor, signal) =>
      api.listPackages({ ...query, cursor }, { signal }),
    keyOf: ({ ecosystem, name }) => `${ecosystem} ${name}`,
  });
}

/**
 * The uses of one package, kept up to date.
 *
 * @public
 */
export function useLivePackageUses(
  query: Pick<PackageUsesQuery, 'ecosystem' | 'name'> &
    Partial<Omit<PackageUsesQuery, 'cursor'>>,
): LivePages<PackageUses> {
  const api = useApi(fettleSecurityApiRef);
  return useLivePages({
    ...{ scope: SECURITY_SCOPE, gapMs: FLEET_GAP_MS },
    key: `package-uses:${JSON.stringify(query)}`,
    read: (cursor, signal) =>
      api.getPackageUses({ ...query, cursor }, { signal }),
    keyOf: ({ repositoryId, purl, version, path }) =>
      JSON.stringify([repositoryId, purl, version, path]),
  });
}

/**
 * The components of one repository, kept up to date.
 *
 * @public
 */
export function useLiveComponents(
  repositoryId: string,
  query: Partial<Omit<ComponentQuery, 'cursor'>>,
): LivePages<ComponentPage> {
  const api = useApi(fettleSecurityApiRef);
  return useLivePages({
    ...{ scope: findingsScope(repositoryId), gapMs: GAP_MS },
    key: `components:${JSON.stringify(query)}`,
    read: (cursor, signal) =>
      api.listComponents(repositoryId, { ...query, cursor }, { signal }),
    keyOf: ({ purl, version, path }) => JSON.stringify([purl, version, path]),
  });
}
