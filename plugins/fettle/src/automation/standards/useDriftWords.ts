import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Drift } from 'backstage-plugin-fettle-common';
import { fettleTranslationRef } from '../../translation';

/** Says in a few words what differs, or why that is not known. */
export function useDriftWords() {
  const { t } = useTranslationRef(fettleTranslationRef);
  return ({ state, reason, files, settings }: Drift): string => {
    if (state === 'unknown') return reason?.message ?? t('standard.unknownWhy');
    return [
      files.length > 0 && t('standard.filesDiffer', { count: files.length }),
      settings.length > 0 &&
        t('standard.settingsDiffer', { count: settings.length }),
      reason?.message,
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
