import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { SeverityCounts as Counts } from 'backstage-plugin-fettle-common';
import { SeverityMark } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from './translation';

const ORDER = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
    },
    none: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleSeverityCounts' },
);

/** Open findings by severity; only those that there are. */
export function SeverityCounts(props: { open: Counts }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const shown = ORDER.filter(severity => props.open[severity] > 0);
  if (shown.length === 0) {
    return <span className={classes.none}>{t('header.nothing')}</span>;
  }
  return (
    <span className={classes.root}>
      {shown.map(severity => (
        <SeverityMark
          key={severity}
          severity={severity}
          count={props.open[severity]}
        />
      ))}
    </span>
  );
}
