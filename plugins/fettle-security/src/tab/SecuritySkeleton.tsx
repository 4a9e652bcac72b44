import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton, VisuallyHidden } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const ROWS = 6;

/** The layout of a page before anything is known. */
export function SecuritySkeleton() {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('page.loading')}</VisuallyHidden>
      <Skeleton height={112} />
      <Skeleton height={32} margin={12} width={360} />
      {Array.from({ length: ROWS }, (_, index) => (
        <Skeleton key={index} height={48} margin={8} />
      ))}
    </div>
  );
}
