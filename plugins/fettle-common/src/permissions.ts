import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Reading repositories, verdicts and history. On top of it, a repository that
 * backs catalog entities is shown to those who may read one of them.
 *
 * @public
 */
export const repositoryReadPermission = createPermission({
  name: 'fettle.repository.read',
  attributes: { action: 'read' },
});

/**
 * Asking for a new reading of a repository, by hand or by a push hook.
 *
 * @public
 */
export const repositoryRefreshPermission = createPermission({
  name: 'fettle.repository.refresh',
  attributes: { action: 'update' },
});

/**
 * Every permission of Fettle.
 *
 * @public
 */
export const fettlePermissions = [
  repositoryReadPermission,
  repositoryRefreshPermission,
];
