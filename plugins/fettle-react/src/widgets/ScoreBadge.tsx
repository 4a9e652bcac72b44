import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ScoreLevel, VerdictStatus } from 'backstage-plugin-fettle-common';
import { StatusIcon } from './StatusIcon';
import { hatching, tones } from './tones';
import { fettleReactTranslationRef } from './translation';
import { Trend } from './Trend';
import { useMoved } from './useMoved';
import { VisuallyHidden } from './VisuallyHidden';

const SHAPE: Record<ScoreLevel, VerdictStatus> = {
  good: 'pass',
  fair: 'warn',
  poor: 'fail',
  unknown: 'unknown',
};

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-flex',
        alignItems: 'baseline',
        gap: '0.4em',
        whiteSpace: 'nowrap',
        fontVariantNumeric: 'tabular-nums',
        borderRadius: 4,
      },
      row: { fontSize: '0.875rem' },
      hero: { fontSize: '1rem', gap: theme.spacing(1) },
      icon: { alignSelf: 'center', display: 'inline-flex' },
      heroIcon: { fontSize: '1.5rem' },
      number: { fontWeight: 600, textAlign: 'right', minWidth: '1.8em' },
      heroNumber: {
        fontSize: '2.5rem',
        lineHeight: 1,
        fontWeight: 700,
        letterSpacing: '-0.02em',
        minWidth: 0,
      },
      dimmed: { opacity: 0.85, filter: 'grayscale(1)' },
      hatched: {
        background: hatching(theme),
        borderRadius: 3,
        minWidth: '1.8em',
        alignSelf: 'center',
        height: '1em',
        opacity: 0.7,
      },
      heroHatched: { width: 48, height: 32 },
      small: { color: theme.palette.text.secondary, fontSize: '0.85em' },
      good: { color: tone.good },
      fair: { color: tone.warn },
      poor: { color: tone.bad },
      unknown: { color: tone.unknown },
      moved: {
        '@media (prefers-reduced-motion: no-preference)': {
          animation: '$moved 2.4s ease-out',
        },
      },
      '@keyframes moved': {
        '0%': { boxShadow: `0 0 0 3px ${tone.accent}` },
        '100%': { boxShadow: '0 0 0 3px transparent' },
      },
    };
  },
  { name: 'FettleScoreBadge' },
);

/**
 * A score with its level as shape, word and colour. Null is shown as unknown,
 * hatched, and never as 0. `upTo` is shown where unknown verdicts leave room.
 *
 * @public
 */
export function ScoreBadge(props: {
  score: number | null;
  level: ScoreLevel;
  upTo?: number | null;
  /** Change in seven days. */
  trend?: number | null;
  /** `hero` heads a page, `row` stands in a table. */
  size?: 'row' | 'hero';
  /** Leave the word to those who listen; shape and colour stay. */
  brief?: boolean;
  /** The reading is old or the last one failed. */
  dimmed?: boolean;
}) {
  const { score, level, upTo = null, trend = null, size = 'row' } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { from, justMoved } = useMoved(score);
  const hero = size === 'hero';
  const word = t(`level.${level}`);
  const root = [
    classes.root,
    hero ? classes.hero : classes.row,
    justMoved ? classes.moved : '',
    props.dimmed ? classes.dimmed : '',
  ].join(' ');

  return (
    <span className={root} data-level={level}>
      <span
        aria-hidden="true"
        className={`${classes.icon} ${hero ? classes.heroIcon : ''}`}
      >
        <StatusIcon status={SHAPE[level]} />
      </span>
      {score === null ? (
        <span
          aria-hidden="true"
          className={`${classes.hatched} ${hero ? classes.heroHatched : ''}`}
        />
      ) : (
        <span
          aria-hidden="true"
          className={`${classes.number} ${classes[level]} ${
            hero ? classes.heroNumber : ''
          }`}
        >
          {score}
        </span>
      )}
      {!props.brief && (
        <span aria-hidden="true" className={classes[level]}>
          {word}
        </span>
      )}
      <VisuallyHidden>
        {score === null
          ? t('score.unknown')
          : t('score.label', { score: String(score), level: word })}
      </VisuallyHidden>
      {score !== null && upTo !== null && upTo > score && (
        <span
          className={classes.small}
          title={t('score.upToWhy', { upTo: String(upTo) })}
        >
          {t('score.upTo', { upTo: String(upTo) })}
        </span>
      )}
      {hero && from !== undefined && (
        <span className={classes.small}>
          {from === null
            ? t('score.wasUnknown')
            : t('score.was', { from: String(from) })}
        </span>
      )}
      <Trend trend={trend} score={score} brief={!hero} />
    </span>
  );
}
