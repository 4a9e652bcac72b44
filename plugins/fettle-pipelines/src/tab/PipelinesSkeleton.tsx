import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Skeleton, VisuallyHidden } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const ROWS = 8;

/** The layout of the tab before anything is known. */
export function PipelinesSkeleton() {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('tab.loading')}</VisuallyHidden>
      <Skeleton height={124} />
      <Skeleton height={32} margin={12} width={360} />
      {Array.from({ length: ROWS }, (_, index) => (
        <Skeleton key={index} height={44} margin={8} />
      ))}
    </div>
  );
}
