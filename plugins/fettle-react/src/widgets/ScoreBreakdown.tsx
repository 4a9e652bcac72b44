import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { VerdictStatus } from 'backstage-plugin-fettle-common';
import { formatPoints } from './formatPoints';
import { StatusIcon } from './StatusIcon';
import { hatching, tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      bar: {
        display: 'flex',
        gap: 2,
        height: 10,
        borderRadius: 5,
        overflow: 'hidden',
      },
      part: { minWidth: 2 },
      // What is old is neither green nor red.
      dimmed: { filter: 'grayscale(1)' },
      pass: { background: tone.good },
      warn: { background: tone.warn },
      fail: { background: tone.bad },
      unknown: { background: hatching(theme) },
      legend: {
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0.5, 2),
        margin: theme.spacing(0.75, 0, 0),
        padding: 0,
        listStyle: 'none',
        fontSize: '0.8125rem',
        fontVariantNumeric: 'tabular-nums',
        color: theme.palette.text.secondary,
      },
      item: { display: 'inline-flex', alignItems: 'center', gap: '0.4em' },
    };
  },
  { name: 'FettleScoreBreakdown' },
);

const ORDER = ['pass', 'warn', 'fail', 'unknown'] as const;

/**
 * Where the 100 points of a score are: earned, lost, or unknown.
 *
 * @public
 */
export function ScoreBreakdown(props: {
  verdicts: readonly { status: VerdictStatus; points: number; worth: number }[];
  /** The reading is old or the last one failed. */
  dimmed?: boolean;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const points = { pass: 0, warn: 0, fail: 0, unknown: 0 };
  for (const verdict of props.verdicts) {
    points.pass += verdict.points;
    if (verdict.status !== 'not-applicable' && verdict.status !== 'pass') {
      points[verdict.status] += verdict.worth;
    }
  }
  const parts = ORDER.filter(status => points[status] > 0);
  if (parts.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={t('breakdown.label')}
      className={props.dimmed ? classes.dimmed : undefined}
    >
      <div className={classes.bar} aria-hidden="true">
        {parts.map(status => (
          <span
            key={status}
            className={`${classes.part} ${classes[status]}`}
            style={{ flexGrow: points[status], flexBasis: 0 }}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {parts.map(status => (
          <li key={status} className={classes.item}>
            <StatusIcon status={status} />
            {t(`breakdown.${status}`, { points: formatPoints(points[status]) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
