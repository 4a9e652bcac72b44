import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { fettleReactTranslationRef } from '../widgets/translation';

/** As the API names Fettle, where no person asked. */
const FETTLE = 'fettle';

/**
 * Who acted: a person of the catalog, Fettle itself, or whatever else it is.
 *
 * @public
 */
export function Actor({ actor }: { actor: string | null }) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  if (actor === null || actor === FETTLE) return <>{t('automation.fettle')}</>;
  return /^[a-z]+:[^/]+\/[^/]+$/.test(actor) ? (
    <EntityRefLink entityRef={actor} />
  ) : (
    <>{actor}</>
  );
}
