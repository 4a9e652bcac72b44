import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FleetPipelines,
  MetricName,
} from 'backstage-plugin-fettle-common';
import {
  LiveMark,
  MetricFigure,
  TextButton,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { FleetCount } from './FleetCount';

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
    head: {
      flexWrap: 'nowrap',
      alignItems: 'flex-start',
      [theme.breakpoints.down('xs')]: { flexWrap: 'wrap' },
    },
    facts: {
      minWidth: 0,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 3),
    },
    ends: {
      flex: 'none',
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(2.5),
      lineHeight: '1.875rem',
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
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
  }),
  { name: 'FettleFleetGlance' },
);

/** The one glance: what is broken, what runs, and how well delivery goes. */
export function FleetGlance(props: {
  fleet: FleetPipelines;
  live: LiveState;
  onRetry: () => void;
  filters: ReactNode;
  /** Whether it is shown how a CI is connected. */
  connecting: boolean;
  onConnect: () => void;
}) {
  const { fleet, live, onRetry } = props;
  const { metrics, repositories, withoutRuns } = fleet;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const days = String(metrics.days);
  const figures = (names: readonly MetricName[], label: string) => (
    <div className={classes.figures} role="group" aria-label={label}>
      {names.map(name => (
        <MetricFigure key={name} name={name} metric={metrics[name]} />
      ))}
    </div>
  );
  return (
    <section className={classes.root} aria-label={t('fleet.glance')}>
      <div className={`${classes.line} ${classes.head}`}>
        <div className={classes.facts}>
          <FleetCount
            state="failed"
            count={fleet.brokenTotal}
            words={t('fleet.broken')}
          />
          <FleetCount
            state="running"
            count={fleet.runningTotal}
            words={t('fleet.running')}
          />
          <span className={classes.quiet}>
            {t('fleet.repositories', {
              with: String(repositories - withoutRuns),
              all: String(repositories),
            })}
            {withoutRuns > 0 && withoutRuns < repositories && (
              <TextButton
                color="primary"
                aria-expanded={props.connecting}
                onClick={props.onConnect}
              >
                {t('fleet.connectRest', { count: withoutRuns })}
              </TextButton>
            )}
          </span>
        </div>
        <div className={classes.ends}>
          <Link to="sources">{t('fleet.sources')}</Link>
          <LiveMark live={live} onRetry={onRetry} />
        </div>
      </div>
      {/* Of nothing there is nothing to measure; to say so ten times helps no one. */}
      {withoutRuns < repositories && (
        <div className={classes.groups}>
          {figures(RUNS, t('tab.runMetrics', { days }))}
          {figures(DORA, t('tab.dora', { days }))}
        </div>
      )}
      <div className={classes.line}>
        {props.filters}
        <span className={classes.quiet}>
          {t(metrics.truncated ? 'tab.windowCut' : 'tab.window', {
            days,
            count: metrics.runs,
          })}
        </span>
      </div>
    </section>
  );
}
