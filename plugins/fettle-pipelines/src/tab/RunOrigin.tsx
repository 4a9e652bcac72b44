import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', minWidth: 0, lineHeight: 1.45 },
    line: {
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      minWidth: 0,
    },
    text: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    commit: {
      flex: 'none',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'FettleRunOrigin' },
);

/** A commit as people write it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** Of which branch and commit a run is, and who or what started it. */
export function RunOrigin(props: { run: Run }) {
  const { branch, commit, actor, event } = props.run;
  const classes = useStyles();
  const by = [actor, event].filter(Boolean).join(' · ');
  return (
    <div className={classes.root}>
      <span className={classes.line}>
        <span className={classes.text} title={branch ?? undefined}>
          {branch ?? '–'}
        </span>
        {commit && (
          <span className={classes.commit} title={commit}>
            {shortCommit(commit)}
          </span>
        )}
      </span>
      {by && (
        <span className={`${classes.text} ${classes.quiet}`} title={by}>
          {by}
        </span>
      )}
    </div>
  );
}
