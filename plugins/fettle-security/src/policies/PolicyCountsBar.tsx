import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PolicyCounts } from 'backstage-plugin-fettle-common';
import { CountsBar } from '../CountsBar';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyStatusMark } from './PolicyStatusMark';

/** What is not kept first. */
export const STATUSES = ['violated', 'error', 'unknown', 'kept'] as const;

const LOOKS = {
  ...({ violated: 'bad', error: 'warn' } as const),
  ...({ unknown: 'unknown', kept: 'good' } as const),
};

const useStyles = makeStyles(
  theme => ({
    none: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettlePolicyCountsBar' },
);

/** How many repositories stand how, as lengths and in words. */
export function PolicyCountsBar({ counts }: { counts: PolicyCounts }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  if (STATUSES.every(status => counts[status] === 0)) {
    return <span className={classes.none}>{t('policies.nobody')}</span>;
  }
  return (
    <CountsBar
      parts={STATUSES.map(status => ({
        ...{ key: status, look: LOOKS[status], count: counts[status] },
        mark: (
          <PolicyStatusMark
            key={status}
            status={status}
            count={counts[status]}
          />
        ),
      }))}
    />
  );
}
