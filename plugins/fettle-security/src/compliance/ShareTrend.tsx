import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  complianceShare,
  type FrameworkStanding,
} from 'backstage-plugin-fettle-common';
import { Section, tones } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const WIDTH = 900;
const HEIGHT = 96;
/** Room for so many days, also where fewer are known. */
const LEAST_DAYS = 30;

const useStyles = makeStyles(
  theme => ({
    plot: { width: '100%', height: HEIGHT, display: 'block' },
    met: { fill: tones(theme).good, fillOpacity: 0.7 },
    rest: { fill: theme.palette.divider },
    axis: {
      display: 'flex',
      justifyContent: 'space-between',
      color: theme.palette.text.secondary,
      fontSize: '0.75rem',
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleShareTrend' },
);

/** The share of controls that were met, day by day. */
export function ShareTrend({ days }: { days: FrameworkStanding['days'] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const known = (days ?? []).flatMap(({ day, counts }) => {
    const share = complianceShare(counts);
    return share === null ? [] : [{ day, share }];
  });
  const first = known.at(0);
  const last = known.at(-1);
  const slots = Math.max(LEAST_DAYS, known.length);
  const step = WIDTH / slots;
  const left = (slots - known.length) * step;
  const percent = (share: number) => `${Math.floor(share * 100)} %`;
  return (
    <Section title={t('compliance.trend')}>
      {!first || !last ? (
        <span className={classes.quiet}>
          {t(days === null ? 'compliance.notAll' : 'compliance.noTrend')}
        </span>
      ) : (
        <>
          <svg
            className={classes.plot}
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t('compliance.trendLabel', {
              first: percent(first.share),
              from: first.day,
              last: percent(last.share),
              to: last.day,
            })}
          >
            {known.map(({ day, share }, index) => {
              const x = left + index * step + step * 0.1;
              const width = step * 0.8;
              const height = share * HEIGHT;
              return (
                <g key={day}>
                  <title>{`${day}: ${percent(share)}`}</title>
                  <rect
                    className={classes.rest}
                    {...{ x, y: 0, width, height: HEIGHT }}
                  />
                  <rect
                    className={classes.met}
                    {...{ x, y: HEIGHT - height, width, height }}
                  />
                </g>
              );
            })}
          </svg>
          <div className={classes.axis}>
            <span>{first.day}</span>
            <span>{last.day}</span>
          </div>
        </>
      )}
    </Section>
  );
}
