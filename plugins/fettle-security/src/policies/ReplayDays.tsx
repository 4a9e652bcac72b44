import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  PolicyCounts,
  PolicyReplayed,
} from 'backstage-plugin-fettle-common';
import { tones } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';
import { STATUSES } from './PolicyCountsBar';

const WIDTH = 900;
const HEIGHT = 72;

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      plot: { width: '100%', height: HEIGHT, display: 'block' },
      violated: { fill: tone.bad },
      error: { fill: tone.warn },
      unknown: { fill: tone.unknown, fillOpacity: 0.35 },
      kept: { fill: tone.good, fillOpacity: 0.45 },
      axis: {
        display: 'flex',
        justifyContent: 'space-between',
        color: theme.palette.text.secondary,
        fontSize: '0.75rem',
      },
    };
  },
  { name: 'FettleReplayDays' },
);

/** How many repositories would have stood how at the end of each day; what is not kept stands on the ground. */
export function ReplayDays({ days }: { days: PolicyReplayed['days'] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const first = days.at(0);
  const last = days.at(-1);
  if (!first || !last || days.length < 2) return null;
  const most = Math.max(1, ...days.map(all));
  const step = WIDTH / days.length;
  return (
    <div>
      <svg
        className={classes.plot}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('replay.daysLabel', {
          first: String(notKept(first)),
          from: first.day,
          last: String(notKept(last)),
          to: last.day,
        })}
      >
        {days.map((one, index) => {
          let top = HEIGHT;
          return STATUSES.map(status => {
            const height = (one[status] / most) * HEIGHT;
            top -= height;
            return (
              <rect
                key={`${one.day} ${status}`}
                className={classes[status]}
                x={index * step + step * 0.08}
                y={top}
                width={step * 0.84}
                height={height}
              >
                <title>{`${one.day}: ${one[status]} ${t(
                  `policies.${status}`,
                )}`}</title>
              </rect>
            );
          });
        })}
      </svg>
      <div className={classes.axis}>
        <span>{first.day}</span>
        <span>{last.day}</span>
      </div>
    </div>
  );
}

function all({ kept, violated, error, unknown }: PolicyCounts): number {
  return kept + violated + error + unknown;
}

function notKept({ violated, error }: PolicyCounts): number {
  return violated + error;
}
