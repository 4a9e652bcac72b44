import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { CallBudgets } from '../contracts/CallBudgets';
import { DefaultCallBudgets } from './DefaultCallBudgets';

/**
 * The budgets of API calls. The plugin and its modules share one; `fettle.hosts`
 * in config sets what is left for people.
 *
 * @public
 */
export const callBudgetsServiceRef = createServiceRef<CallBudgets>({
  id: 'fettle.call-budgets',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => DefaultCallBudgets.fromConfig(config),
    }),
});
