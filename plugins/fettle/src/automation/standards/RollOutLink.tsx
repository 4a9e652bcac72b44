import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useLivePlaybooks } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';

const STEP = 'apply-standard';

/** Leads to a new campaign of the playbook that applies the standard, where there is one. */
export function RollOutLink({ standardId }: { standardId: string }) {
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value } = useLivePlaybooks();
  const applying = value?.items.find(({ playbook }) =>
    playbook.steps.some(({ uses, with: given }) => {
      const { standards } = given as { standards?: unknown };
      const named = Array.isArray(standards) ? standards : [];
      return (
        uses === STEP && (named.length === 0 || named.includes(standardId))
      );
    }),
  );
  if (!applying) return null;
  const playbook = encodeURIComponent(applying.playbook.id);
  return (
    <Link to={`../campaigns?playbook=${playbook}`}>
      {t('standard.rollOut')}
    </Link>
  );
}
