import {
  driftPageSchema,
  driftQuerySchema,
} from 'backstage-plugin-fettle-common';
import { NO_DRIFTS } from './listStandards';
import { findStandard, readerOfStandards } from './readStandards';
import { defineRoute } from './Route';

export const getStandard = defineRoute({
  id: 'getStandard',
  method: 'get',
  path: '/standards/:id',
  summary: 'One standard, and how repositories stand against it',
  query: driftQuerySchema,
  response: driftPageSchema,
  async handle({ params, query, credentials }, services) {
    const { store } = services.standards;
    const visibility = await readerOfStandards(credentials, services);
    const { view } = findStandard(params.id, services);
    const { now } = services.clock();
    const revision = await store.revision();
    const counts = await store.counts(visibility, now);
    const page = await store.page(
      ...([{ standardId: view.id, ...query }, visibility, now] as const),
    );
    return {
      standard: view,
      counts: counts.get(view.id)?.counts ?? NO_DRIFTS,
      ...page,
      items: page.items.map(item => ({
        ...item,
        standardTitle: view.title,
        // The diffs are with the repository.
        files: item.files.map(file => ({ ...file, diff: null })),
      })),
      revision,
    };
  },
});
