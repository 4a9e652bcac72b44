import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton, VisuallyHidden } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

/** The layout of a page before anything is known. */
export function AutomationSkeleton() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('automation.loading')}</VisuallyHidden>
      <Skeleton height={96} />
      <Skeleton height={160} margin={16} />
      <Skeleton height={160} margin={16} />
    </div>
  );
}
