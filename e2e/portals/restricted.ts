import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { readFileSync } from 'node:fs';
import { startPortal } from '../../packages/backend/src/startPortal';

/** What a test forbids; it may change at any time. */
export interface Restrictions {
  /** Names of permissions. */
  deny?: string[];
  /** A system whose components the catalog does not show. */
  hideSystem?: string;
}

/** The portal with a policy that follows the file that `FETTLE_E2E_RESTRICTIONS` names. */
const restrictedPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'restricted-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy({
          async handle({ permission }): Promise<PolicyDecision> {
            const { deny, hideSystem }: Restrictions = JSON.parse(
              readFileSync(process.env.FETTLE_E2E_RESTRICTIONS!, 'utf8'),
            );
            if (deny?.includes(permission.name)) {
              return { result: AuthorizeResult.DENY };
            }
            if (
              hideSystem &&
              isPermission(permission, catalogEntityReadPermission)
            ) {
              return createCatalogConditionalDecision(permission, {
                not: catalogConditions.hasSpec({
                  key: 'system',
                  value: hideSystem,
                }),
              });
            }
            return { result: AuthorizeResult.ALLOW };
          },
        });
      },
    });
  },
});

startPortal(restrictedPolicy);
