import { makeStyles } from '@material-ui/core/styles';
import type { RunState } from 'backstage-plugin-fettle-common';
import { hatching, tones } from 'backstage-plugin-fettle-react';
import type { TimeScale } from './timeScale';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        position: 'relative',
        height: 12,
        borderRadius: 3,
        background: theme.palette.action.hover,
        minWidth: 0,
      },
      thin: { height: 8 },
      bar: { position: 'absolute', top: 0, bottom: 0, borderRadius: 3 },
      succeeded: { background: tone.good },
      running: { background: tone.accent },
      waiting: { background: tone.warn },
      // Told apart from the others without colour.
      failed: {
        background: `repeating-linear-gradient(45deg, ${tone.bad} 0 4px, transparent 4px 6px)`,
        boxShadow: `inset 0 0 0 1.5px ${tone.bad}`,
      },
      cancelled: { boxShadow: `inset 0 0 0 1.5px ${tone.unknown}` },
      queued: { background: hatching(theme) },
      skipped: { background: hatching(theme) },
      unknown: { background: hatching(theme) },
    };
  },
  { name: 'FettleTimeBar' },
);

/** When a job or step ran, on the scale of its run. Decoration: its duration stands beside it. */
export function TimeBar(props: {
  scale: TimeScale;
  of: { state: RunState; startedAt: string | null; finishedAt: string | null };
  thin?: boolean;
}) {
  const { scale, of, thin } = props;
  const { state, startedAt, finishedAt } = of;
  const classes = useStyles();
  const root = `${classes.root} ${thin ? classes.thin : ''}`;
  if (startedAt === null) return <div className={root} aria-hidden="true" />;
  const left = scale.place(startedAt);
  let right = left;
  if (finishedAt !== null) right = scale.place(finishedAt);
  else if (state === 'running') {
    right = scale.place(new Date(scale.end).toISOString());
  }
  return (
    <div className={root} aria-hidden="true">
      <div
        className={`${classes.bar} ${classes[state]}`}
        style={{
          left: `min(${left}%, calc(100% - 3px))`,
          width: `max(3px, ${Math.max(0, right - left)}%)`,
        }}
      />
    </div>
  );
}
