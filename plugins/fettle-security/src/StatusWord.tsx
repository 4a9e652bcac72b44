import { makeStyles } from '@material-ui/core/styles';
import type { VerdictStatus } from 'backstage-plugin-fettle-common';
import { StatusIcon } from 'backstage-plugin-fettle-react';

const useStyles = makeStyles(
  {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: '0.35em',
      whiteSpace: 'nowrap',
    },
  },
  { name: 'FettleStatusWord' },
);

/** A shape and a word, with how many there are. */
export function StatusWord(props: {
  /** As the data has it. */
  status: string;
  icon: VerdictStatus;
  word: string;
  count?: number;
}) {
  const { status, icon, word, count } = props;
  const classes = useStyles();
  return (
    <span className={classes.root} data-status={status}>
      <StatusIcon status={icon} />
      {count === undefined ? word : `${count} ${word}`}
    </span>
  );
}
