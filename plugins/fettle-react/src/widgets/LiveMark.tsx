import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { LiveState } from '../live/LiveState';
import { clockTime, exactTime } from './spans';
import { tones } from './tones';
import { TextButton } from './TextButton';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-flex',
        alignItems: 'center',
        gap: '0.4em',
        whiteSpace: 'nowrap',
        fontSize: '0.8125rem',
      },
      icon: { width: '0.8em', height: '0.8em', flex: 'none' },
      live: { color: tone.good },
      connecting: { color: tone.unknown },
      'catching-up': { color: tone.warn },
      offline: { color: tone.bad },
      retry: { padding: theme.spacing(0, 1), minWidth: 0, lineHeight: 1.6 },
    };
  },
  { name: 'FettleLiveMark' },
);

const ring = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 } as const;

const SHAPES = {
  live: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  connecting: <circle cx="8" cy="8" r="6" {...ring} strokeDasharray="3 3" />,
  'catching-up': (
    <>
      <circle cx="8" cy="8" r="6" {...ring} />
      <path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor" />
    </>
  ),
  offline: (
    <>
      <circle cx="8" cy="8" r="6" {...ring} />
      <path d="M3 13 13 3" {...ring} />
    </>
  ),
};

/**
 * Whether what is shown is live, and since when it is not.
 *
 * @public
 */
export function LiveMark(props: { live: LiveState; onRetry?: () => void }) {
  const { live, onRetry } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const time = clockTime(live.since, live.checkedAt ?? live.since);
  const word =
    live.mode === 'offline'
      ? t('live.offline', { time })
      : t(`live.${live.mode}`);
  const details = [
    live.mode === 'offline'
      ? undefined
      : t('live.since', { mode: word, time: exactTime(live.since) }),
    live.checkedAt && t('live.checked', { time: exactTime(live.checkedAt) }),
    live.reason,
  ].filter(Boolean);
  return (
    <span
      className={`${classes.root} ${classes[live.mode]}`}
      title={details.join('\n')}
      data-live={live.mode}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className={classes.icon}>
        {SHAPES[live.mode]}
      </svg>
      <span role="status">{word}</span>
      {live.mode === 'offline' && onRetry && (
        <TextButton
          variant="outlined"
          className={classes.retry}
          onClick={onRetry}
        >
          {t('live.retry')}
        </TextButton>
      )}
    </span>
  );
}
