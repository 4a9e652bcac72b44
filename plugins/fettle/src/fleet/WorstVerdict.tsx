import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositorySummary } from 'backstage-plugin-fettle-common';
import { formatPoints, StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.75) },
    text: { overflow: 'hidden', textOverflow: 'ellipsis' },
    quiet: { color: theme.palette.text.secondary },
  }),
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
        className={`${classes.root} ${classes.quiet}`}
        title={`${reason.message} ${reason.action}`}
      >
        <span className={classes.text}>
          {reason.code.replace(/-/g, ' ')}: {reason.message}
        </span>
      </span>
    );
  }
  if (worst) {
    return (
      <span className={classes.root}>
        <StatusIcon status={worst.status} />
        <span className={classes.text}>{worst.title}</span>
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
