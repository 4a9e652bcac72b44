import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useEntityPipelinesLink } from './useEntityPipelinesLink';

const useStyles = makeStyles(
  theme => ({
    root: { overflowWrap: 'anywhere' },
    pipeline: { color: theme.palette.text.secondary },
  }),
  { name: 'FettlePipelinePlace' },
);

/** A pipeline by its repository; both lead to runs, where the reader may see an entity that has them. */
export function PipelinePlace(props: {
  repositoryName: string;
  entityRef?: string | null;
  pipeline: { id: string; name: string };
  /** A run to open instead of the runs of the pipeline, with its number if it has one. */
  run?: { id: string; number?: string | null };
}) {
  const { repositoryName, entityRef, pipeline, run } = props;
  const classes = useStyles();
  const link = useEntityPipelinesLink();
  const name = run?.number ? `${pipeline.name} #${run.number}` : pipeline.name;
  if (!entityRef) {
    return (
      <span className={classes.root}>
        {repositoryName} <span className={classes.pipeline}>{name}</span>
      </span>
    );
  }
  const to = run
    ? link(entityRef, { run: run.id })
    : link(entityRef, { pipeline: pipeline.id });
  return (
    <span className={classes.root}>
      <Link to={link(entityRef)}>{repositoryName}</Link>{' '}
      <Link to={to} className={classes.pipeline}>
        {name}
      </Link>
    </span>
  );
}
