import type { AuditorService } from '@backstage/backend-plugin-api';
import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import { actorOf } from '../routes/acceptFinding';
import { auditWrite } from '../routes/auditWrite';
import type { RouteServices } from '../routes/Route';
import type { FettleAction } from './FettleAction';

/** Offers actions to the portal: to its MCP server and to templates. */
export function registerActions(
  registry: ActionsRegistryService,
  actions: readonly FettleAction[],
  services: RouteServices & { auditor: AuditorService },
): void {
  for (const action of actions) {
    const { name, title, description, attributes, audited: route } = action;
    registry.register({
      ...{ name, title, description, attributes },
      schema: { input: action.input, output: action.output },
      action: async ({ input, credentials }) => {
        const run = () => action.run(input, { credentials, services });
        if (!route) return { output: await run() };
        const meta: JsonObject = {
          ...{ action: `fettle:${name}`, actor: actorOf(credentials) },
          input: input as JsonObject,
        };
        return {
          output: await auditWrite(services.auditor, { route, meta }, run),
        };
      },
    });
  }
}
