import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  automationSchema,
  automationStopPermission,
  campaignManagePermission,
  planApplyPermission,
  planApprovePermission,
  planCreatePermission,
  type Automation,
} from 'backstage-plugin-fettle-common';
import { readerOfPlans } from './readPlans';
import { defineRoute, type RouteServices } from './Route';

export const getAutomation = defineRoute({
  id: 'getAutomation',
  method: 'get',
  path: '/automation',
  summary: 'How automation stands: outcomes, limits, breakers, kill switch',
  response: automationSchema,
  handle: ({ credentials }, services) => readAutomation(credentials, services),
});

export async function readAutomation(
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<Automation> {
  const { access, remediation, store } = services;
  const [visibility, plan, approve, apply, stop, campaigns] = await Promise.all(
    [
      readerOfPlans(credentials, services),
      access.allows(planCreatePermission, credentials),
      access.allows(planApprovePermission, credentials),
      access.allows(planApplyPermission, credentials),
      access.allows(automationStopPermission, credentials),
      access.allows(campaignManagePermission, credentials),
    ],
  );
  // First: what is committed after it comes next time.
  const revision = await store.getRevision();
  return {
    ...(await remediation.reader.read(visibility)),
    can: { plan, approve, apply, stop, campaigns },
    revision,
  };
}
