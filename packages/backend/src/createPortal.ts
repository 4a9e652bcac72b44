import { createBackend } from '@backstage/backend-defaults';

type Feature = Parameters<ReturnType<typeof createBackend>['add']>[0];

/** The portal's backend, with the module that brings the permission policy. */
export function createPortal(permissionPolicy: Feature) {
  const backend = createBackend();

  backend.add(import('@backstage/plugin-app-backend'));
  backend.add(import('@backstage/plugin-auth-backend'));
  backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-permission-backend'));
  backend.add(permissionPolicy);
  backend.add(import('@backstage/plugin-events-backend'));
  backend.add(import('@backstage/plugin-signals-backend'));

  backend.add(import('backstage-plugin-fettle-backend'));
  backend.add(import('backstage-plugin-fettle-backend-module-git'));
  backend.add(import('backstage-plugin-fettle-backend-module-checks'));

  return backend;
}
