import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositorySummary } from 'backstage-plugin-fettle-common';
import { formatPoints, StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({ quiet: { color: theme.palette.text.secondary } }),
  { name: 'FettleWorstVerdict' },
);

/** What costs a repository most, or why it could not be read. */
export function WorstVerdict(props: { repository: RepositorySummary }) {
  const { reason, worst, score } = props.repository;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  if (reason) {
    return (
      <span
        className={classes.quiet}
        title={`${reason.message} ${reason.action}`}
      >
        {reason.message}
      </span>
    );
  }
  if (worst) {
    return (
      <span title={worst.title}>
        <StatusIcon status={worst.status} /> {worst.title}{' '}
        {worst.worth > 0 && (
          <span className={classes.quiet}>
            {t('table.worth', { points: formatPoints(worst.worth) })}
          </span>
        )}
      </span>
    );
  }
  return (
    <span className={classes.quiet}>
      {score === null ? '–' : t('table.allPass')}
    </span>
  );
}
