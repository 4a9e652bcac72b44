import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RunState } from 'backstage-plugin-fettle-common';
import { formatSpan } from './formatSpan';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';
import { useElapsed } from './useElapsed';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: { display: 'grid', gap: 3, minWidth: 0 },
      text: {
        display: 'flex',
        gap: '0.35em',
        justifyContent: 'flex-end',
        whiteSpace: 'nowrap',
        fontVariantNumeric: 'tabular-nums',
      },
      usual: { color: theme.palette.text.secondary },
      over: { color: tone.warn },
      track: {
        position: 'relative',
        height: 4,
        borderRadius: 2,
        background: theme.palette.action.hover,
        border: 0,
      },
      bar: {
        position: 'absolute',
        inset: '0 auto 0 0',
        borderRadius: 2,
        background: tone.unknown,
      },
      running: { background: tone.accent },
      failed: { background: tone.bad },
      mark: {
        position: 'absolute',
        top: -2,
        bottom: -2,
        width: 2,
        background: theme.palette.text.primary,
      },
    };
  },
  { name: 'FettleRunDuration' },
);

/**
 * How long a run took, or has been running, against its usual: in words and as
 * a bar with a mark where it usually ends.
 *
 * @public
 */
export function RunDuration(props: {
  run: {
    state: RunState;
    startedAt: string | null;
    finishedAt: string | null;
    usualMs: number | null;
  };
}) {
  const { run } = props;
  const { state, usualMs } = run;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const running = state === 'running';
  const elapsed = useElapsed(run, running);
  if (elapsed === undefined) {
    return (
      <div className={classes.root}>
        <span className={`${classes.text} ${classes.usual}`}>
          {usualMs === null || state === 'skipped'
            ? '–'
            : t('run.usually', { usual: formatSpan(usualMs) })}
        </span>
      </div>
    );
  }
  const full = Math.max(elapsed, usualMs ?? 0, 1);
  const over = usualMs !== null && elapsed > usualMs * 1.25;
  const kind = state === 'running' || state === 'failed' ? classes[state] : '';
  return (
    <div
      className={classes.root}
      title={
        usualMs === null
          ? t('run.noUsual')
          : t('run.usualWhy', { usual: formatSpan(usualMs) })
      }
    >
      <span className={classes.text}>
        <span className={over ? classes.over : undefined}>
          {formatSpan(elapsed)}
        </span>
        {running && usualMs !== null && (
          <span className={classes.usual}>
            {t('run.of', { usual: formatSpan(usualMs) })}
          </span>
        )}
      </span>
      {usualMs !== null && (
        <span className={classes.track} aria-hidden="true">
          <span
            className={`${classes.bar} ${kind}`}
            style={{ width: `${(100 * elapsed) / full}%` }}
          />
          <span
            className={classes.mark}
            style={{ left: `calc(${(100 * usualMs) / full}% - 2px)` }}
          />
        </span>
      )}
    </div>
  );
}
