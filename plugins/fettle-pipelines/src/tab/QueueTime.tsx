import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';
import { formatSpan, useElapsed } from 'backstage-plugin-fettle-react';

const useStyles = makeStyles(
  theme => ({
    root: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'FettleQueueTime' },
);

/** How long a run waited to be started, or has been waiting. */
export function QueueTime(props: { run: Run }) {
  const { queuedAt, startedAt, state } = props.run;
  const classes = useStyles();
  const waits =
    startedAt === null && (state === 'queued' || state === 'waiting');
  const elapsed = useElapsed(
    { startedAt: queuedAt, finishedAt: startedAt },
    waits,
  );
  return (
    <span className={classes.root}>
      {elapsed === undefined ? '–' : formatSpan(elapsed)}
    </span>
  );
}
