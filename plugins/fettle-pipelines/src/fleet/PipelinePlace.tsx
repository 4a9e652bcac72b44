import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { useEntityPipelinesLink } from './useEntityPipelinesLink';

const useStyles = makeStyles(
  theme => ({
    // A name is read at a glance when it is on one line; a phone has no room.
    root: {
      whiteSpace: 'nowrap',
      [theme.breakpoints.down('xs')]: {
        whiteSpace: 'normal',
        overflowWrap: 'anywhere',
      },
    },
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
  /** Before the name. */
  mark?: ReactNode;
}) {
  const { repositoryName, entityRef, pipeline, run, mark } = props;
  const classes = useStyles();
  const link = useEntityPipelinesLink();
  const name = run?.number ? `${pipeline.name} #${run.number}` : pipeline.name;
  if (!entityRef) {
    return (
      <span className={classes.root}>
        {mark} {repositoryName} <span className={classes.pipeline}>{name}</span>
      </span>
    );
  }
  const to = run
    ? link(entityRef, { run: run.id })
    : link(entityRef, { pipeline: pipeline.id });
  return (
    <span className={classes.root}>
      {mark} <Link to={link(entityRef)}>{repositoryName}</Link>{' '}
      <Link to={to} className={classes.pipeline}>
        {name}
      </Link>
    </span>
  );
}
