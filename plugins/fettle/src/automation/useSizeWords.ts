import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { fettleTranslationRef } from '../translation';

/** Says how much a plan changes. */
export function useSizeWords() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return (files: number, lines: number): string =>
    [
      t('automation.files', { count: files, n: files.toLocaleString() }),
      t('automation.lines', { count: lines, n: lines.toLocaleString() }),
    ].join(', ');
}
