import { createBackend } from '@backstage/backend-defaults';

type Feature = Parameters<ReturnType<typeof createBackend>['add']>[0];

/**
 * Starts the portal's backend, with the module that brings the permission
 * policy, and with others that it is given. A start that fails ends the process: the port is open by then, and a
 * portal that never gets ready would look as if it were still at it.
 */
export function startPortal(
  permissionPolicy: Feature,
  ...others: Feature[]
): void {
  const backend = createBackend();

  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(permissionPolicy);
  backend.add(import('@backstage/plugin-events-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));
  backend.add(import('@backstage/plugin-mcp-actions-backend'));

  backend.add(import('backstage-plugin-fettle-backend'));
  backend.add(import('backstage-plugin-fettle-backend-module-git'));
  backend.add(import('backstage-plugin-fettle-backend-module-checks'));
  backend.add(import('backstage-plugin-fettle-backend-module-cdevents'));
  backend.add(import('backstage-plugin-fettle-backend-module-components'));
  backend.add(import('backstage-plugin-fettle-backend-module-github'));
  backend.add(import('backstage-plugin-fettle-backend-module-gitea'));
  backend.add(import('backstage-plugin-fettle-backend-module-gitlab'));
  backend.add(import('backstage-plugin-fettle-backend-module-licences'));
  backend.add(import('backstage-plugin-fettle-backend-module-playbooks'));
  backend.add(import('backstage-plugin-fettle-backend-module-registries'));
  backend.add(import('backstage-plugin-fettle-backend-module-threats'));
  backend.add(
    import('backstage-plugin-fettle-backend-module-misconfigurations'),
  );
  backend.add(import('backstage-plugin-fettle-backend-module-secrets'));
  backend.add(import('backstage-plugin-fettle-backend-module-vulnerabilities'));

  others.forEach(feature => backend.add(feature));

  backend.start().catch(error => {
    process.stderr.write(`${error}\n`, () => process.exit(1));
  });
}
