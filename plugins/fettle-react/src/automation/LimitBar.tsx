import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { LimitUse } from 'backstage-plugin-fettle-common';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: 3,
      minWidth: 0,
      fontVariantNumeric: 'tabular-nums',
      fontSize: '0.8125rem',
    },
    words: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    },
    quiet: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
    full: { color: tones(theme).warn, fontWeight: 600 },
    track: {
      position: 'relative',
      height: 6,
      borderRadius: 3,
      overflow: 'hidden',
      background: theme.palette.action.hover,
      boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
    },
    used: {
      position: 'absolute',
      inset: '0 auto 0 0',
      background: tones(theme).accent,
    },
    reached: { background: tones(theme).warn },
  }),
  { name: 'FettleLimitBar' },
);

/** Limits that have a name of their own; others are shown as they are called. */
const NAMED = [
  'openChanges',
  'changesPerHour',
  'repositoriesPerDay',
  'shareOfFleetPerDay',
  'filesPerRun',
  'linesPerRun',
  'filesPerDay',
  'linesPerDay',
] as const;

function isNamed(limit: string): limit is (typeof NAMED)[number] {
  return (NAMED as readonly string[]).includes(limit);
}

/**
 * One limit as a bar: how much of it is used.
 *
 * @public
 */
export function LimitBar(props: { use: LimitUse; label?: string }) {
  const { limit, used, most } = props.use;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const name = isNamed(limit) ? t(`automation.limit.${limit}`) : limit;
  const words = t('automation.limitUse', {
    used: used.toLocaleString(),
    most: most.toLocaleString(),
  });
  const reached = used >= most;
  const share = most > 0 ? Math.min(100, (100 * used) / most) : 100;
  const label = props.label ? `${props.label}: ${name}` : name;
  return (
    <div className={classes.root} data-limit={limit}>
      <span className={classes.words}>
        <span className={classes.quiet}>{label}</span>
        <span className={reached ? classes.full : undefined}>
          {words}
          {reached && ` · ${t('automation.limitReached')}`}
        </span>
      </span>
      <span
        className={classes.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={most}
        aria-valuenow={Math.min(used, most)}
        aria-valuetext={words}
      >
        <span
          className={`${classes.used} ${reached ? classes.reached : ''}`}
          style={{ width: `${share}%` }}
        />
      </span>
    </div>
  );
}
