import { standardsSchema } from 'backstage-plugin-fettle-common';
import { readerOfStandards } from './readStandards';
import { defineRoute } from './Route';

export const NO_DRIFTS = { follows: 0, drifted: 0, unknown: 0, exempt: 0 };

export const listStandards = defineRoute({
  id: 'listStandards',
  method: 'get',
  path: '/standards',
  summary: 'Every standard, and how many repositories follow it',
  response: standardsSchema,
  async handle({ credentials }, services) {
    const { set, store } = services.standards;
    const visibility = await readerOfStandards(credentials, services);
    const revision = await store.revision();
    const counts = await store.counts(visibility, services.clock().now);
    return {
      items: set.all().map(({ view }) => ({
        standard: view,
        counts: counts.get(view.id)?.counts ?? NO_DRIFTS,
        versions: counts.get(view.id)?.versions ?? {},
      })),
      problems: [...set.problems()],
      revision,
    };
  },
});
