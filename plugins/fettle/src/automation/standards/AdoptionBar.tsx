import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { alpha, makeStyles } from '@material-ui/core/styles';
import type { DriftCounts } from 'backstage-plugin-fettle-common';
import {
  DriftStateMark,
  fettleReactTranslationRef,
  hatching,
  tones,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';
import { boundBy, DRIFT_STATES } from './driftNumbers';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 0, display: 'grid', gap: theme.spacing(0.5) },
    bar: {
      display: 'flex',
      gap: 1,
      height: 10,
      borderRadius: 5,
      overflow: 'hidden',
      background: alpha(theme.palette.text.primary, 0.1),
    },
    part: { minWidth: 3 },
    follows: { background: tones(theme).good },
    drifted: { background: tones(theme).warn },
    unknown: { background: hatching(theme) },
    exempt: { background: alpha(theme.palette.text.primary, 0.25) },
    counts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
    },
    one: { display: 'inline-flex', gap: '0.35em', whiteSpace: 'nowrap' },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleAdoptionBar' },
);

/** How many repositories follow a standard, and how many do not, or are not known to. */
export function AdoptionBar({ counts }: { counts: DriftCounts }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const states = DRIFT_STATES.filter(state => counts[state] > 0);
  if (states.length === 0) {
    return <span className={classes.quiet}>{t('standard.nobody')}</span>;
  }
  const words = states.map(
    state => `${counts[state]} ${shared(`automation.driftState.${state}`)}`,
  );
  return (
    <div className={classes.root}>
      <div
        className={classes.bar}
        role="img"
        aria-label={`${t('standard.adoption')}: ${words.join(', ')}`}
      >
        {states.map(state => (
          <span
            key={state}
            className={`${classes.part} ${classes[state]}`}
            style={{ flex: `${counts[state]} 1 0` }}
          />
        ))}
      </div>
      <div className={classes.counts}>
        <span>
          {t('standard.followsOf', {
            n: counts.follows.toLocaleString(),
            all: boundBy(counts).toLocaleString(),
          })}
        </span>
        {states
          .filter(state => state !== 'follows')
          .map(state => (
            <span key={state} className={classes.one}>
              <span>{counts[state].toLocaleString()}</span>
              <DriftStateMark state={state} />
            </span>
          ))}
      </div>
    </div>
  );
}
