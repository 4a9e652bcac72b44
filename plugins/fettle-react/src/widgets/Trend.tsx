import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { tones } from './tones';
import { VisuallyHidden } from './VisuallyHidden';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
      up: { color: tone.good },
      down: { color: tone.bad },
      none: { color: theme.palette.text.secondary },
      arrow: { fontSize: '0.8em' },
    };
  },
  { name: 'FettleTrend' },
);

/**
 * How a score moved in seven days. Shows nothing where there is no point to
 * compare with; `brief` also shows nothing where nothing moved.
 *
 * @public
 */
export function Trend(props: {
  trend: number | null;
  score: number | null;
  brief?: boolean;
}) {
  const { trend, score, brief } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  if (trend === null || score === null) return null;
  const points = String(Math.abs(trend));
  const from = String(score - trend);
  if (trend === 0) {
    return brief ? null : (
      <span className={`${classes.root} ${classes.none}`}>
        {t('trend.noneShort')}
      </span>
    );
  }
  const said = t(trend > 0 ? 'trend.up' : 'trend.down', { points, from });
  return (
    <span
      className={`${classes.root} ${trend > 0 ? classes.up : classes.down}`}
      title={said}
    >
      <span aria-hidden="true">
        <span className={classes.arrow}>{trend > 0 ? '▲' : '▼'}</span>{' '}
        {brief ? points : t('trend.week', { points })}
      </span>
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}
