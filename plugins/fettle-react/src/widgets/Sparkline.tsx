import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { HistoryPoint } from 'backstage-plugin-fettle-common';
import { segmentsOf } from './segments';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  { root: { display: 'block', overflow: 'visible' } },
  { name: 'FettleSparkline' },
);

const DAY = 86_400_000;

/**
 * A score over 90 days in the height of a row. Days without a known score are
 * gaps.
 *
 * @public
 */
export function Sparkline(props: {
  days: readonly HistoryPoint[];
  width?: number;
  height?: number;
}) {
  const { days, width = 96, height = 22 } = props;
  const classes = useStyles();
  const tone = tones(useTheme());
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const segments = segmentsOf(days);
  const points = segments.flat();
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) {
    return (
      <svg
        width={width}
        height={height}
        className={classes.root}
        role="img"
        aria-label={t('chart.sparklineUnknown')}
      >
        <path
          d={`M2 ${height / 2}H${width - 2}`}
          stroke={tone.unknown}
          strokeDasharray="1 4"
          strokeLinecap="round"
        />
      </svg>
    );
  }
  const end = Math.max(...days.map(day => Date.parse(day.at)));
  const x = (at: number) => width - 3 - ((end - at) / (90 * DAY)) * (width - 6);
  const y = (score: number) => height - 3 - (score / 100) * (height - 6);
  return (
    <svg
      width={width}
      height={height}
      className={classes.root}
      role="img"
      aria-label={t('chart.sparkline', {
        days: String(points.length),
        from: String(first.score),
        to: String(last.score),
      })}
    >
      {segments.map(segment => (
        <path
          key={segment[0].at}
          d={segment
            .map(
              (point, index) =>
                `${index === 0 ? 'M' : 'L'}${x(point.at).toFixed(1)} ${y(
                  point.score,
                ).toFixed(1)}`,
            )
            .join('')}
          fill="none"
          stroke={tone.accent}
          strokeWidth="1.5"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      <circle cx={x(last.at)} cy={y(last.score)} r="2.2" fill={tone.accent} />
    </svg>
  );
}
