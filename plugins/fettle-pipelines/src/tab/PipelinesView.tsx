import { isError } from '@backstage/errors';
import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FixesNotice,
  useLivePipelines,
  useLiveRuns,
} from 'backstage-plugin-fettle-react';
import { useEffect, useMemo, useRef } from 'react';
import { ConnectCi } from './ConnectCi';
import { PipelinesHeader } from './PipelinesHeader';
import { PipelinesSkeleton } from './PipelinesSkeleton';
import { RunFilterBar } from './RunFilterBar';
import { RunList } from './RunList';
import { SourceProblems } from './SourceProblems';
import { useAtTop } from './useAtTop';
import { useRunQuery } from './useRunQuery';

const useStyles = makeStyles(
  theme => ({ root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 } }),
  { name: 'FettlePipelinesView' },
);

/** The runs of one folder of a repository, in every state they can be in. */
export function PipelinesView(props: {
  repositoryId: string;
  subpath: string;
  /** The repository is no longer there. */
  onGone: () => void;
}) {
  const { repositoryId, subpath, onGone } = props;
  const classes = useStyles();
  const top = useRef<HTMLDivElement>(null);
  const atTop = useAtTop(top);
  const { filters, filtered, change, clear, opened, open } = useRunQuery();
  const query = useMemo(() => ({ ...filters, subpath }), [filters, subpath]);
  const pipelines = useLivePipelines({ id: repositoryId, subpath });
  const held = !atTop || opened !== undefined;
  const runs = useLiveRuns(repositoryId, query, held);

  const error = runs.error ?? pipelines.error;
  const gone = isError(error) && error.statusCode === 404;
  useEffect(() => {
    if (gone) onGone();
  }, [gone, onGone]);

  const retry = () => {
    runs.retry();
    pipelines.retry();
  };
  const { value } = pipelines;
  const nothing = runs.status !== 'ready' && pipelines.status !== 'ready';
  if (nothing && error) {
    return (
      <ErrorPanel
        error={error}
        permission={repositoryReadPermission.name}
        since={runs.live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (runs.status === 'loading' || pipelines.status === 'loading') {
    return <PipelinesSkeleton />;
  }
  const empty =
    runs.rows.length === 0 && !filtered && (value?.pipelines.length ?? 0) === 0;
  return (
    <div className={classes.root}>
      <div ref={top} />
      {value && (
        <PipelinesHeader
          pipelines={value}
          live={runs.live}
          onRetry={retry}
          chosen={filters.pipeline ?? []}
          onChoose={pipeline => change({ pipeline })}
        />
      )}
      {!value && pipelines.error && (
        <ErrorPanel
          error={pipelines.error}
          permission={repositoryReadPermission.name}
          onRetry={pipelines.retry}
        />
      )}
      {value && <SourceProblems sources={value.sources} />}
      <FixesNotice repositoryId={repositoryId} />
      {empty ? (
        <ConnectCi sources={value?.sources ?? []} />
      ) : (
        <>
          <RunFilterBar
            pipelines={value}
            filters={filters}
            filtered={filtered}
            onChange={change}
            onClear={clear}
          />
          <RunList
            repositoryId={repositoryId}
            runs={runs}
            filtered={filtered}
            onClear={clear}
            opened={opened}
            onOpen={open}
            onShowFresh={() => {
              runs.showFresh();
              top.current?.scrollIntoView?.({ block: 'start' });
            }}
          />
        </>
      )}
    </div>
  );
}
