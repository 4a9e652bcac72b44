import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  useLiveFleetPipelines,
} from 'backstage-plugin-fettle-react';
import { PipelinesSkeleton } from '../tab/PipelinesSkeleton';
import { ConnectCi } from '../tab/ConnectCi';
import { BrokenPipelines } from './BrokenPipelines';
import { FleetGlance } from './FleetGlance';
import { OwnersTable } from './OwnersTable';
import { RunningRuns } from './RunningRuns';
import { TopPipelines } from './TopPipelines';
import { useFleetFilters } from './useFleetFilters';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
  }),
  { name: 'FettleFleetPipelines' },
);

/** The pipelines of the whole fleet. */
export function FleetPipelines() {
  const classes = useStyles();
  const { filters, change } = useFleetFilters();
  const { value, error, live, retry } = useLiveFleetPipelines(filters);
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={repositoryReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <PipelinesSkeleton />;
  const none =
    value.repositories > 0 && value.withoutRuns >= value.repositories;
  return (
    <div className={classes.root}>
      <FleetGlance
        fleet={value}
        live={live}
        onRetry={retry}
        filters={filters}
        onChange={change}
      />
      {none && <ConnectCi sources={[]} />}
      <BrokenPipelines fleet={value} />
      <RunningRuns fleet={value} />
      <TopPipelines fleet={value} />
      <OwnersTable owners={value.owners} />
    </div>
  );
}
