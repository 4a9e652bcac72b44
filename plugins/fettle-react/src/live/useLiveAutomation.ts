import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import {
  AUTOMATION_SCOPE,
  remediationsScope,
  type Automation,
  type Fixes,
  type Plan,
  type PlanPage,
  type PlanQuery,
  type Playbooks,
  type RemediationDetails,
  type RemediationPage,
  type RemediationQuery,
} from 'backstage-plugin-fettle-common';
import { fettleAutomationApiRef } from '../api/FettleAutomationApi';
import { useLiveSnapshot, type LiveSnapshot } from './useLiveSnapshot';

/** A remediation makes several transitions in a row; they are one request. */
const GAP_MS = 500;

/**
 * How automation stands, kept up to date.
 *
 * @public
 */
export function useLiveAutomation(): LiveSnapshot<Automation> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: AUTOMATION_SCOPE, key: 'automation', gapMs: GAP_MS },
    read: (_, signal) => api.getAutomation({ signal }),
  });
}

/**
 * Every playbook and how its problems ended, kept up to date.
 *
 * @public
 */
export function useLivePlaybooks(): LiveSnapshot<Playbooks> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: AUTOMATION_SCOPE, key: 'playbooks', gapMs: GAP_MS },
    read: (_, signal) => api.getPlaybooks({ signal }),
  });
}

/**
 * Plans without their diffs, newest first, kept up to date.
 *
 * @public
 */
export function useLivePlans(
  query: Partial<PlanQuery>,
): LiveSnapshot<PlanPage> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    scope: AUTOMATION_SCOPE,
    key: `plans:${JSON.stringify(query)}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.listPlans(query, { signal }),
  });
}

/**
 * One plan with its diff, kept up to date.
 *
 * @public
 */
export function useLivePlan(id: string): LiveSnapshot<Plan> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: AUTOMATION_SCOPE, key: `plan:${id}`, gapMs: GAP_MS },
    read: (_, signal) => api.getPlan(id, { signal }),
  });
}

/**
 * Remediations of one repository, or of all where none is named, changed last
 * first, kept up to date.
 *
 * @public
 */
export function useLiveRemediations(
  repositoryId: string | undefined,
  query: Partial<RemediationQuery>,
): LiveSnapshot<RemediationPage> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    scope: repositoryId ? remediationsScope(repositoryId) : AUTOMATION_SCOPE,
    key: `remediations:${JSON.stringify(query)}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.listRemediations(repositoryId, query, { signal }),
  });
}

/**
 * One remediation with its story, kept up to date.
 *
 * @public
 */
export function useLiveRemediation(
  id: string,
): LiveSnapshot<RemediationDetails> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: AUTOMATION_SCOPE, key: `remediation:${id}`, gapMs: GAP_MS },
    read: (_, signal) => api.getRemediation(id, { signal }),
  });
}

/**
 * What can be mended in a repository, kept up to date. Follows nothing in a
 * portal that brings no automation.
 *
 * @public
 */
export function useLiveFixes(repositoryId: string): LiveSnapshot<Fixes> {
  const api = useApiHolder().get(fettleAutomationApiRef);
  return useLiveSnapshot({
    scope: api && remediationsScope(repositoryId),
    ...{ key: 'fixes', gapMs: GAP_MS },
    read: (_, signal) => api!.getFixes(repositoryId, { signal }),
  });
}
