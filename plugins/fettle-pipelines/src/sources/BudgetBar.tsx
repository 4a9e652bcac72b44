import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { HostStatus } from 'backstage-plugin-fettle-common';
import { hatching, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { ClockTime } from './ClockTime';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-grid',
        gap: 3,
        textAlign: 'left',
        minWidth: 200,
        fontVariantNumeric: 'tabular-nums',
      },
      track: {
        position: 'relative',
        height: 8,
        borderRadius: 4,
        overflow: 'hidden',
        background: theme.palette.action.hover,
        boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
      },
      left: {
        position: 'absolute',
        inset: '0 auto 0 0',
        background: tone.accent,
      },
      low: { background: tone.warn },
      // What is for people lies over what is left.
      reserve: {
        position: 'absolute',
        inset: '0 auto 0 0',
        backgroundColor: theme.palette.background.paper,
        backgroundImage: hatching(theme),
        opacity: 0.75,
        borderRight: `2px solid ${theme.palette.text.primary}`,
      },
      quiet: { color: theme.palette.text.secondary, fontSize: '0.75rem' },
    };
  },
  { name: 'FettleBudgetBar' },
);

/** What is left of a host's limit, what of it is for people, and when it is whole again. */
export function BudgetBar(props: { host: HostStatus }) {
  const { host, limit, remaining, reserve, resetAt } = props.host;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  if (limit === null || remaining === null || limit <= 0) {
    return <span className={classes.quiet}>{t('sources.noLimit')}</span>;
  }
  const kept = Math.round(limit * reserve);
  const share = (n: number) =>
    `${Math.min(100, Math.max(0, (100 * n) / limit))}%`;
  const low = remaining <= kept;
  const words = t('sources.budget', {
    remaining: remaining.toLocaleString(),
    limit: limit.toLocaleString(),
  });
  return (
    <div className={classes.root}>
      <span>{words}</span>
      <span
        className={classes.track}
        role="meter"
        aria-label={t('sources.budgetOf', { host })}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={remaining}
        aria-valuetext={words}
      >
        <span
          className={`${classes.left} ${low ? classes.low : ''}`}
          style={{ width: share(remaining) }}
        />
        <span className={classes.reserve} style={{ width: share(kept) }} />
      </span>
      <span className={classes.quiet}>
        {t(low ? 'sources.onlyPeople' : 'sources.reserve', {
          kept: kept.toLocaleString(),
        })}
        {resetAt && (
          <>
            {' · '}
            {t('sources.resets')} <ClockTime at={resetAt} />
          </>
        )}
      </span>
    </div>
  );
}
