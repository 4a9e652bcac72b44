import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  complianceShare,
  type ControlCounts,
} from 'backstage-plugin-fettle-common';
import { fettleSecurityTranslationRef } from '../translation';

/** The share of controls that are met, never rounded up to all of them. */
export function Share({ counts }: { counts: ControlCounts }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const share = complianceShare(counts);
  return (
    <span title={t('compliance.shareWhat')}>
      {share === null
        ? t('compliance.noShare')
        : `${Math.floor(share * 100)} %`}
    </span>
  );
}
