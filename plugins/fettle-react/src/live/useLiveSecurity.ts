import { useApi } from '@backstage/core-plugin-api';
import {
  findingsScope,
  SECURITY_SCOPE,
  type FindingPage,
  type FindingQuery,
  type Compliance,
  type FleetSecurity,
  type FrameworkStanding,
  type Policies,
  type RepositoryPolicies,
  type RepositorySecurity,
} from 'backstage-plugin-fettle-common';
import { fettleSecurityApiRef } from '../api/FettleSecurityApi';
import { useLiveSnapshot, type LiveSnapshot } from './useLiveSnapshot';

/** A scan brings several changes in a row; they are one request. */
const GAP_MS = 500;

/**
 * How one folder of a repository stands, kept up to date; nothing without a
 * target.
 *
 * @public
 */
export function useLiveSecurity(
  target: { id: string; subpath?: string } | undefined,
): LiveSnapshot<RepositorySecurity> {
  const api = useApi(fettleSecurityApiRef);
  const { subpath = '' } = target ?? {};
  return useLiveSnapshot({
    scope: target && findingsScope(target.id),
    key: `security:${JSON.stringify([subpath])}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.getSecurity(target!.id, { subpath }, { signal }),
  });
}

/**
 * Findings of one repository, or of all where none is named, kept up to date.
 *
 * @public
 */
export function useLiveFindings(
  repositoryId: string | undefined,
  query: Partial<FindingQuery>,
): LiveSnapshot<FindingPage> {
  const api = useApi(fettleSecurityApiRef);
  return useLiveSnapshot({
    scope: repositoryId ? findingsScope(repositoryId) : SECURITY_SCOPE,
    key: `findings:${JSON.stringify(query)}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.listFindings(repositoryId, query, { signal }),
  });
}

/**
 * How the fleet stands, kept up to date.
 *
 * @public
 */
export function useLiveFleetSecurity(
  query: { owner?: string; days?: number } = {},
): LiveSnapshot<FleetSecurity> {
  const api = useApi(fettleSecurityApiRef);
  const { owner, days } = query;
  return useLiveSnapshot({
    scope: SECURITY_SCOPE,
    key: `fleet-security:${JSON.stringify([owner, days])}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.getFleetSecurity({ owner, days }, { signal }),
  });
}

/**
 * Every policy and how many repositories keep it, kept up to date.
 *
 * @public
 */
export function useLivePolicies(): LiveSnapshot<Policies> {
  const api = useApi(fettleSecurityApiRef);
  return useLiveSnapshot({
    ...{ scope: SECURITY_SCOPE, key: 'policies', gapMs: GAP_MS },
    read: (_, signal) => api.getPolicies({ signal }),
  });
}

/**
 * How a repository stands against each policy, kept up to date.
 *
 * @public
 */
export function useLiveRepositoryPolicies(
  repositoryId: string,
): LiveSnapshot<RepositoryPolicies> {
  const api = useApi(fettleSecurityApiRef);
  return useLiveSnapshot({
    scope: findingsScope(repositoryId),
    ...{ key: 'policies', gapMs: GAP_MS },
    read: (_, signal) => api.getRepositoryPolicies(repositoryId, { signal }),
  });
}

/** Frameworks are counted over the whole fleet; a page of them need not be first to know. */
const COMPLIANCE_GAP_MS = 5_000;

/**
 * Every framework and how many of its controls are met, kept up to date.
 *
 * @public
 */
export function useLiveCompliance(): LiveSnapshot<Compliance> {
  const api = useApi(fettleSecurityApiRef);
  return useLiveSnapshot({
    ...{ scope: SECURITY_SCOPE, key: 'compliance', gapMs: COMPLIANCE_GAP_MS },
    read: (_, signal) => api.getCompliance({ signal }),
  });
}

/**
 * One framework by control, owner and day, kept up to date.
 *
 * @public
 */
export function useLiveFramework(
  id: string,
  query: { owner?: string } = {},
): LiveSnapshot<FrameworkStanding> {
  const api = useApi(fettleSecurityApiRef);
  const { owner } = query;
  return useLiveSnapshot({
    scope: SECURITY_SCOPE,
    key: `framework:${JSON.stringify([id, owner])}`,
    gapMs: COMPLIANCE_GAP_MS,
    read: (_, signal) => api.getFramework(id, { owner }, { signal }),
  });
}
