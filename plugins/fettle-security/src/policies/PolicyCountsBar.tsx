import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PolicyCounts } from 'backstage-plugin-fettle-common';
import { hatching, tones } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyStatusMark } from './PolicyStatusMark';

/** What is not kept first. */
export const STATUSES = ['violated', 'error', 'unknown', 'kept'] as const;

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
      bar: {
        display: 'flex',
        gap: 1,
        height: 8,
        borderRadius: 4,
        overflow: 'hidden',
        background: theme.palette.action.hover,
      },
      violated: { background: tone.bad },
      error: { background: tone.warn },
      unknown: { background: hatching(theme) },
      kept: { background: tone.good },
      words: {
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0, 1.5),
        fontSize: '0.8125rem',
      },
      none: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    };
  },
  { name: 'FettlePolicyCountsBar' },
);

/** How many repositories stand how, as lengths and in words. */
export function PolicyCountsBar({ counts }: { counts: PolicyCounts }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const there = STATUSES.filter(status => counts[status] > 0);
  if (there.length === 0) {
    return <span className={classes.none}>{t('policies.nobody')}</span>;
  }
  return (
    <div className={classes.root}>
      <div className={classes.bar} aria-hidden="true">
        {there.map(status => (
          <span
            key={status}
            className={classes[status]}
            style={{ flexGrow: counts[status], minWidth: 3 }}
          />
        ))}
      </div>
      <div className={classes.words}>
        {there.map(status => (
          <PolicyStatusMark
            key={status}
            status={status}
            count={counts[status]}
          />
        ))}
      </div>
    </div>
  );
}
