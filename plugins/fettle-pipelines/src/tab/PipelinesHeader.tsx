import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  MetricName,
  RepositoryPipelines,
} from 'backstage-plugin-fettle-common';
import {
  LiveMark,
  MetricFigure,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { BranchState } from './BranchState';
import { PipelineStrip } from './PipelineStrip';

const RUNS: readonly MetricName[] = [
  'successRate',
  'durationP50',
  'durationP95',
  'queueP50',
  'flakiness',
  'timeToGreen',
];

const DORA: readonly MetricName[] = [
  'deploymentFrequency',
  'leadTime',
  'changeFailureRate',
  'timeToRestore',
];

const useStyles = makeStyles(
  theme => ({
    root: {
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      padding: theme.spacing(1.5, 2),
      display: 'grid',
      gap: theme.spacing(1.5),
      minWidth: 0,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 3),
    },
    // One line where there is room, else one for runs and one for deployments.
    groups: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1.5, 4.5),
    },
    figures: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'start',
      gap: theme.spacing(1, 2.5),
    },
    window: { color: theme.palette.text.secondary, fontSize: '0.75rem' },
  }),
  { name: 'FettlePipelinesHeader' },
);

/** The one glance: is the default branch green, and how well does delivery go. */
export function PipelinesHeader(props: {
  pipelines: RepositoryPipelines;
  live: LiveState;
  onRetry: () => void;
  /** Pipelines that the list is narrowed to. */
  chosen: readonly string[];
  onChoose: (pipelines: string[] | undefined) => void;
}) {
  const { pipelines, live, onRetry, chosen, onChoose } = props;
  const { metrics } = pipelines;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const days = String(metrics.days);
  return (
    <section className={classes.root} aria-label={t('tab.glance')}>
      <div className={classes.line}>
        <BranchState pipelines={pipelines} />
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      {/* Of nothing there is nothing to measure; to say so ten times helps no one. */}
      {pipelines.pipelines.length > 0 && (
        <>
          <div className={classes.groups}>
            <div
              className={classes.figures}
              role="group"
              aria-label={t('tab.runMetrics', { days })}
            >
              {RUNS.map(name => (
                <MetricFigure key={name} name={name} metric={metrics[name]} />
              ))}
            </div>
            <div
              className={classes.figures}
              role="group"
              aria-label={t('tab.dora', { days })}
            >
              {DORA.map(name => (
                <MetricFigure key={name} name={name} metric={metrics[name]} />
              ))}
            </div>
          </div>
          <div className={classes.line}>
            <PipelineStrip
              pipelines={pipelines.pipelines}
              chosen={chosen}
              onChoose={onChoose}
            />
            <span className={classes.window}>
              {t(metrics.truncated ? 'tab.windowCut' : 'tab.window', {
                days,
                count: metrics.runs,
              })}
            </span>
          </div>
        </>
      )}
    </section>
  );
}
