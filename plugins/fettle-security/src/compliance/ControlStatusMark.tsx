import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ControlStatus } from 'backstage-plugin-fettle-common';
import { StatusWord } from '../StatusWord';
import { fettleSecurityTranslationRef } from '../translation';

const ICON = {
  ...({ met: 'pass', 'not-met': 'fail', unknown: 'unknown' } as const),
  'not-applicable': 'not-applicable',
  'not-seen': 'unknown',
} as const;

/** How a control stands: shape and word, with how many there are. */
export function ControlStatusMark(props: {
  status: ControlStatus;
  count?: number;
}) {
  const { status, count } = props;
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const word = t(`compliance.${status}`);
  return <StatusWord {...{ status, word, count }} icon={ICON[status]} />;
}
