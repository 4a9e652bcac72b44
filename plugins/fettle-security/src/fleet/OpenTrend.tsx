import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FleetSecurity,
  SeverityCounts,
} from 'backstage-plugin-fettle-common';
import { Section, SeverityMark, tones } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const HEIGHT = 120;
const WIDTH = 900;
/** Room for so many days, also where fewer are known. */
const LEAST_DAYS = 30;
/** From the ground up: the gravest stands on it. */
const LAYERS = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      body: { padding: theme.spacing(0, 2, 1.5) },
      plot: { width: '100%', height: HEIGHT, display: 'block' },
      critical: { fill: tone.bad },
      high: { fill: tone.bad, fillOpacity: 0.55 },
      medium: { fill: tone.warn, fillOpacity: 0.75 },
      low: { fill: tone.unknown, fillOpacity: 0.45 },
      unknown: { fill: tone.unknown, fillOpacity: 0.2 },
      axis: {
        display: 'flex',
        justifyContent: 'space-between',
        color: theme.palette.text.secondary,
        fontSize: '0.75rem',
      },
      legend: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2) },
      none: { color: theme.palette.text.secondary },
    };
  },
  { name: 'FettleOpenTrend' },
);

/** Open findings at the end of each day, by severity. */
export function OpenTrend({ trend }: { trend: FleetSecurity['trend'] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const first = trend.at(0);
  const last = trend.at(-1);
  const most = Math.max(1, ...trend.map(({ open }) => sum(open)));
  // A young history keeps to the right, where today is.
  const slots = Math.max(LEAST_DAYS, trend.length);
  const step = WIDTH / slots;
  const left = (slots - trend.length) * step;
  return (
    <Section
      title={t('fleet.trend')}
      aside={
        <span className={classes.legend}>
          {LAYERS.map(severity => (
            <SeverityMark key={severity} severity={severity} />
          ))}
        </span>
      }
      flush
    >
      <div className={classes.body}>
        {!first || !last ? (
          <span className={classes.none}>{t('fleet.noTrend')}</span>
        ) : (
          <>
            <svg
              className={classes.plot}
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={t('fleet.trendLabel', {
                first: String(sum(first.open)),
                from: first.day,
                last: String(sum(last.open)),
                to: last.day,
              })}
            >
              {trend.map(({ day, open }, index) => {
                let top = HEIGHT;
                return LAYERS.map(severity => {
                  const height = (open[severity] / most) * HEIGHT;
                  top -= height;
                  return (
                    <rect
                      key={`${day} ${severity}`}
                      className={classes[severity]}
                      x={left + index * step + step * 0.1}
                      y={top}
                      width={step * 0.8}
                      height={height}
                    >
                      <title>{`${day}: ${open[severity]} ${severity}`}</title>
                    </rect>
                  );
                });
              })}
            </svg>
            <div className={classes.axis}>
              <span>{first.day === last.day ? '' : first.day}</span>
              <span>{last.day}</span>
            </div>
          </>
        )}
      </div>
    </Section>
  );
}

function sum(open: SeverityCounts): number {
  return Object.values(open).reduce((all, one) => all + one, 0);
}
