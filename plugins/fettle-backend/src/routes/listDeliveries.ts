import {
  deliveryPageSchema,
  deliveryQuerySchema,
  sourceReadPermission,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const listDeliveries = defineRoute({
  id: 'listDeliveries',
  method: 'get',
  path: '/sources/deliveries',
  summary: 'Deliveries and what became of them, newest first',
  query: deliveryQuerySchema,
  response: deliveryPageSchema,
  async handle({ query, credentials }, { access, deliveries }) {
    await access.require(sourceReadPermission, credentials);
    return deliveries.list(query);
  },
});
