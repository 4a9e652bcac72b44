import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/**
 * The words of the Pipelines tab, the Pipelines page and the Sources page.
 *
 * @public
 */
export const fettlePipelinesTranslationRef = createTranslationRef({
  id: 'fettle-pipelines',
  messages: {
    page: { title: 'Pipelines' },
    fleet: { loading: 'Loading the pipelines of the fleet' },
    sources: { loading: 'Loading sources' },
    tab: { loading: 'Loading runs' },
    card: { title: 'Pipelines', open: 'Open Pipelines' },
  },
});
