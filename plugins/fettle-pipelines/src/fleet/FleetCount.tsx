import { makeStyles } from '@material-ui/core/styles';
import { RunStateIcon, tones } from 'backstage-plugin-fettle-react';

const useStyles = makeStyles(
  theme => ({
    root: { whiteSpace: 'nowrap' },
    count: {
      fontSize: '1.25rem',
      fontWeight: 600,
      fontVariantNumeric: 'tabular-nums',
    },
    icon: { marginRight: '0.4em' },
    failed: { color: tones(theme).bad },
    running: { color: tones(theme).accent },
  }),
  { name: 'FettleFleetCount' },
);

/** How many there are: a shape, a number and words; quiet where there are none. */
export function FleetCount(props: {
  state: 'failed' | 'running';
  count: number;
  words: string;
}) {
  const { state, count, words } = props;
  const classes = useStyles();
  return (
    <span className={classes.root} data-count={state}>
      {count > 0 && <RunStateIcon state={state} className={classes.icon} />}
      <span className={`${classes.count} ${count > 0 ? classes[state] : ''}`}>
        {count}
      </span>{' '}
      {words}
    </span>
  );
}
