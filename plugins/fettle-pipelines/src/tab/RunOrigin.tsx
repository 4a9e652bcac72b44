import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', minWidth: 0, lineHeight: 1.4 },
    line: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    commit: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.75rem',
    },
  }),
  { name: 'FettleRunOrigin' },
);

/** A commit as people write it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** Of which branch and commit a run is. */
export function RunBranch(props: { run: Run }) {
  const { branch, commit } = props.run;
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <span className={classes.line} title={branch ?? undefined}>
        {branch ?? '–'}
      </span>
      {commit && (
        <span
          className={`${classes.line} ${classes.quiet} ${classes.commit}`}
          title={commit}
        >
          {shortCommit(commit)}
        </span>
      )}
    </span>
  );
}

/** Who or what started a run. */
export function RunWho(props: { run: Run }) {
  const { actor, event } = props.run;
  const classes = useStyles();
  return (
    <span className={classes.root}>
      <span className={classes.line} title={actor ?? undefined}>
        {actor ?? '–'}
      </span>
      {event && (
        <span className={`${classes.line} ${classes.quiet}`}>{event}</span>
      )}
    </span>
  );
}
