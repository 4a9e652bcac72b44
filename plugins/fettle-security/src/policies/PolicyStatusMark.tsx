import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PolicyStatus } from 'backstage-plugin-fettle-common';
import { StatusWord } from '../StatusWord';
import { fettleSecurityTranslationRef } from '../translation';

const ICON = {
  kept: 'pass',
  violated: 'fail',
  error: 'warn',
  unknown: 'unknown',
} as const;

/** How a repository stands against a policy: shape and word, with how many of them there are. */
export function PolicyStatusMark(props: {
  status: PolicyStatus;
  count?: number;
}) {
  const { status, count } = props;
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const word = t(`policies.${status}`);
  return <StatusWord {...{ status, word, count }} icon={ICON[status]} />;
}
