import { NotFoundError } from '@backstage/errors';
import {
  controlRepositoriesQuerySchema,
  controlRepositoriesSchema,
} from 'backstage-plugin-fettle-common';
import { findFramework } from './getFramework';
import { readerOfPolicies } from './readPolicies';
import { defineRoute } from './Route';

const MOST = 100;

export const listControlRepositories = defineRoute({
  id: 'listControlRepositories',
  method: 'get',
  path: '/compliance/:framework/repositories',
  summary:
    'Repositories that do not meet a control, or of which it is not known',
  query: controlRepositoriesQuerySchema,
  response: controlRepositoriesSchema,
  async handle({ params, query, credentials }, services) {
    const visibility = await readerOfPolicies(credentials, services);
    const framework = findFramework(params.framework, services);
    const found = await services.compliance.reader.failing(
      ...([framework, query.control, query.owner, visibility] as const),
    );
    if (!found) {
      throw new NotFoundError(
        `${framework.title} has no control '${query.control}'.`,
      );
    }
    const { items, revision } = found;
    const more = Math.max(0, items.length - MOST);
    return { items: items.slice(0, MOST), more, revision };
  },
});
