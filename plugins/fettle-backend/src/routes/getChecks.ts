import {
  checksSchema,
  repositoryReadPermission,
} from 'backstage-plugin-fettle-common';
import { defineRoute } from './Route';

export const getChecks = defineRoute({
  id: 'getChecks',
  method: 'get',
  path: '/checks',
  summary: 'The checks in force, with their parameters and weights',
  response: checksSchema,
  async handle({ credentials }, { access, checks }) {
    await access.require(repositoryReadPermission, credentials);
    return { items: checks.map(({ description }) => description) };
  },
});
