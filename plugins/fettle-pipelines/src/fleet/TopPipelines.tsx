import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FleetPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import { Section } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { MetricText } from './MetricText';
import { PipelinePlace } from './PipelinePlace';
import { PlainTable } from './PlainTable';

const MOST = 8;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      alignItems: 'start',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
    },
  }),
  { name: 'FettleTopPipelines' },
);

/** The slowest and flakiest pipelines, and those that wait longest. */
export function TopPipelines(props: { fleet: FleetPipelines }) {
  const { slowest, flakiest, longestQueues } = props.fleet;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const lists = [
    [t('fleet.slowest'), slowest, 'durationP50', t('fleet.p50')],
    [t('fleet.flakiest'), flakiest, 'flakiness', t('fleet.flaky')],
    [t('fleet.queues'), longestQueues, 'queueP50', t('fleet.queue')],
  ] as const;
  return (
    <div className={classes.root}>
      {lists.map(([title, rows, metric, unit]) => (
        <Section key={title} title={title} flush>
          <PlainTable<FleetPipeline>
            label={title}
            rows={rows.slice(0, MOST)}
            rowKey={row => `${row.repositoryId} ${row.pipeline.id}`}
            none={t('fleet.nothingMeasured')}
            columns={[
              {
                key: 'pipeline',
                title: t('fleet.pipeline'),
                cell: row => <PipelinePlace {...row} />,
              },
              {
                key: 'runs',
                title: t('fleet.runs'),
                numeric: true,
                cell: row => row.metrics.runs,
              },
              {
                key: metric,
                title: unit,
                numeric: true,
                cell: row => <MetricText metric={row.metrics[metric]} />,
              },
            ]}
          />
        </Section>
      ))}
    </div>
  );
}
