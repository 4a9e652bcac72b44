import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useEntityPipelinesLink } from './useEntityPipelinesLink';

const useStyles = makeStyles(
  theme => ({ pipeline: { color: theme.palette.text.secondary } }),
  { name: 'FettlePipelinePlace' },
);

/** A pipeline by its repository, leading to the runs of it that the reader may see. */
export function PipelinePlace(props: {
  repositoryName: string;
  entityRef?: string | null;
  pipeline: { name: string };
  runId?: string;
}) {
  const { repositoryName, entityRef, pipeline, runId } = props;
  const classes = useStyles();
  const link = useEntityPipelinesLink();
  return (
    <span>
      {entityRef ? (
        <Link to={link(entityRef, runId)}>{repositoryName}</Link>
      ) : (
        repositoryName
      )}{' '}
      <span className={classes.pipeline}>{pipeline.name}</span>
    </span>
  );
}
