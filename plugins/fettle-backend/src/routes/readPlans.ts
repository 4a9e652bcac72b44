import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  planApplyPermission,
  planApprovePermission,
  playbookReadPermission,
  secretPlaceReadPermission,
  type Plan,
} from 'backstage-plugin-fettle-common';
import { toPlanView, type PlanRights } from '../remediate/present';
import type { Visibility } from '../store/FettleStore';
import type { StoredPlan } from '../store/remediation/StoredPlan';
import { actorOf } from './acceptFinding';
import { noRepository } from './getRepository';
import type { RouteServices } from './Route';

/** What a reader of plans and remediations may see. Throws NotAllowedError without `fettle.playbook.read`. */
export async function readerOfPlans(
  credentials: BackstageCredentials,
  { access }: RouteServices,
): Promise<Visibility> {
  // At the same time: each is a request to the permission backend.
  const [visibility] = await Promise.all([
    access.visibility(credentials),
    access.require(playbookReadPermission, credentials),
  ]);
  return visibility;
}

/** Whether plans and stories may say where secrets are. */
export function seesSecrets(
  credentials: BackstageCredentials,
  { access }: RouteServices,
): Promise<boolean> {
  return access.allows(secretPlaceReadPermission, credentials);
}

export async function rightsOf(
  credentials: BackstageCredentials,
  { access }: RouteServices,
): Promise<PlanRights> {
  const [approve, apply] = await Promise.all([
    access.allows(planApprovePermission, credentials),
    access.allows(planApplyPermission, credentials),
  ]);
  return { actor: actorOf(credentials), approve, apply };
}

/** Throws NotFoundError where the reader may not see the repository. */
export async function assertVisible(
  repositoryId: string,
  visibility: Visibility,
  { store, clock }: RouteServices,
): Promise<void> {
  const summary = await store.getSummary(
    ...([repositoryId, '', visibility, clock()] as const),
  );
  if (!summary) throw noRepository(repositoryId);
}

/** A plan that the reader may see; throws NotFoundError where there is none. */
export async function findPlan(
  id: string,
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<StoredPlan> {
  const visibility = await readerOfPlans(credentials, services);
  const plan = await services.remediation.store.getPlan(id);
  const missing = new NotFoundError(
    `There is no plan '${id}', or you may not see its repository.`,
  );
  if (!plan) throw missing;
  await assertVisible(plan.repositoryId, visibility, services).catch(() => {
    throw missing;
  });
  return plan;
}

/** A plan with everything that is shown of it. */
export async function presentPlan(
  plan: StoredPlan,
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<Plan> {
  const { now } = services.clock();
  const [rights, seeSecrets, blockedBy] = await Promise.all([
    rightsOf(credentials, services),
    seesSecrets(credentials, services),
    services.remediation.reader.blockedBy(plan),
  ]);
  return toPlanView(plan, { now, rights, blockedBy, seeSecrets });
}
