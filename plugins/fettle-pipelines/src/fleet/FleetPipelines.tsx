import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  useKept,
  useLiveFleetPipelines,
} from 'backstage-plugin-fettle-react';
import { useMemo, useState } from 'react';
import { ConnectCi } from '../tab/ConnectCi';
import { PipelinesSkeleton } from '../tab/PipelinesSkeleton';
import { fettlePipelinesTranslationRef } from '../translation';
import { BrokenPipelines } from './BrokenPipelines';
import { DaysSection } from './days/DaysSection';
import { FleetFilterBar } from './FleetFilterBar';
import { FleetGlance } from './FleetGlance';
import { OwnersTable } from './OwnersTable';
import { RunningRuns } from './RunningRuns';
import { TopPipelines } from './TopPipelines';
import { useFleetFilters } from './useFleetFilters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    // What is on the page is of other filters, and is replaced in a moment.
    waiting: { opacity: 0.55 },
  }),
  { name: 'FettleFleetPipelines' },
);

/** The pipelines of the whole fleet. */
export function FleetPipelines() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { filters, change } = useFleetFilters();
  const { value, error, live, retry } = useLiveFleetPipelines(filters);
  const shown = useKept(value);
  const [connecting, setConnecting] = useState(false);
  const owners = useOwners(shown?.owners, filters.owner);
  const bar = (
    <FleetFilterBar filters={filters} owners={owners} onChange={change} />
  );
  if (!value && error) {
    return (
      <div className={classes.root}>
        {shown && bar}
        <ErrorPanel
          error={error}
          permission={repositoryReadPermission.name}
          since={live.since.toISOString()}
          onRetry={retry}
        />
      </div>
    );
  }
  if (!shown) return <PipelinesSkeleton />;
  const none = shown.withoutRuns >= shown.repositories;
  const connect = (none || connecting) && (
    <ConnectCi
      sources={[]}
      title={none ? undefined : t('fleet.connectTitle')}
      message={
        <>
          {t('fleet.connectHow')}{' '}
          <Link to="sources">{t('fleet.connectHosts')}</Link>
        </>
      }
    />
  );
  return (
    <div
      className={`${classes.root} ${value ? '' : classes.waiting}`}
      aria-busy={!value}
    >
      <FleetGlance
        fleet={shown}
        live={live}
        onRetry={retry}
        filters={bar}
        connecting={connecting}
        onConnect={() => setConnecting(open => !open)}
      />
      {connect}
      {!none && (
        <>
          <BrokenPipelines fleet={shown} />
          <RunningRuns fleet={shown} />
          <DaysSection days={shown.days} window={shown.metrics.days} />
          <TopPipelines fleet={shown} />
          <OwnersTable owners={shown.owners} />
        </>
      )}
    </div>
  );
}

/** The owners that were seen, as a page that is narrowed to one has no other. */
function useOwners(
  listed: readonly { owner: string | null }[] | undefined,
  chosen: string | undefined,
): string[] {
  const all = useKept(chosen === undefined ? listed : undefined);
  return useMemo(() => {
    const names = [...(all ?? []), ...(listed ?? []), { owner: chosen }];
    return [...new Set(names.flatMap(({ owner }) => owner ?? []))].sort();
  }, [all, listed, chosen]);
}
