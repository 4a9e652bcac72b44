import { NotFoundError } from '@backstage/errors';
import {
  acceptedSchema,
  pushSchema,
  repositoryRefreshPermission,
} from 'backstage-plugin-fettle-common';
import { readNow } from './readNow';
import { defineRoute } from './Route';

export const reportPush = defineRoute({
  id: 'reportPush',
  method: 'post',
  path: '/push',
  summary: 'Tell that a remote was pushed to: it is read now',
  status: 202,
  body: pushSchema,
  response: acceptedSchema,
  audited: true,
  async handle({ body, credentials }, services) {
    await services.access.require(repositoryRefreshPermission, credentials);
    const repositoryId = await services.findRepository(body.remote);
    if (!repositoryId) {
      throw new NotFoundError(
        'No repository of this portal has that remote. Send the address as the catalog or the config has it.',
      );
    }
    await readNow(repositoryId, services);
    return { accepted: true as const, repositoryId };
  },
});
