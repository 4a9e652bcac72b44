import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { shortCommit } from '../tab/RunOrigin';

const useStyles = makeStyles(
  theme => ({
    root: { overflowWrap: 'anywhere' },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    commit: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.75rem',
    },
  }),
  { name: 'FettleCommitText' },
);

/** A commit by its message, with who made it; leads to a run of it. */
export function CommitText(props: {
  subject: string | null;
  commit: string | null;
  actor: string | null;
  to?: string;
}) {
  const { subject, commit, actor, to } = props;
  const classes = useStyles();
  const short = commit && (
    <span className={classes.commit} title={commit}>
      {shortCommit(commit)}
    </span>
  );
  const lead = subject ?? short ?? '–';
  return (
    <span className={classes.root}>
      {to ? <Link to={to}>{lead}</Link> : lead}{' '}
      <span className={classes.quiet}>
        {subject && short}
        {subject && short && actor && ' · '}
        {actor}
      </span>
    </span>
  );
}
