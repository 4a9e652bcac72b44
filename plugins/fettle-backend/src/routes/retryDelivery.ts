import { NotFoundError } from '@backstage/errors';
import {
  deliveryRetryPermission,
  retryAcceptedSchema,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const retryDelivery = defineRoute({
  id: 'retryDelivery',
  method: 'post',
  path: '/sources/deliveries/:id/retry',
  summary: 'Process a delivery again',
  status: 202,
  response: retryAcceptedSchema,
  audited: true,
  async handle({ params, credentials }, services) {
    const { access, deliveries, clock, sweepDeliveries } = services;
    await access.require(deliveryRetryPermission, credentials);
    if (!(await deliveries.retry(params.id, clock().now))) {
      throw new NotFoundError(
        `There is no delivery '${params.id}'; deliveries are kept for a while only.`,
      );
    }
    sweepDeliveries();
    return { accepted: true as const, deliveryId: params.id };
  },
});
