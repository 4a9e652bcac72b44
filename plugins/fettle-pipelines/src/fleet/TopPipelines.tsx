import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  FleetPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import { PlainTable, Section } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { PipelinePlace } from './PipelinePlace';
import { useMetricColumns } from './useMetricColumns';

const FIRST = 6;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
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
  return (
    <div className={classes.root}>
      <TopList
        title={t('fleet.slowest')}
        rows={slowest}
        metric="durationP50"
        none={t('fleet.nothingMeasured')}
      />
      <TopList
        title={t('fleet.flakiest')}
        rows={flakiest}
        metric="flakiness"
        none={t('fleet.noneFlaky')}
      />
      <TopList
        title={t('fleet.queues')}
        rows={longestQueues}
        metric="queueP50"
        none={t('fleet.nothingMeasured')}
      />
    </div>
  );
}

function TopList(props: {
  title: string;
  rows: readonly FleetPipeline[];
  metric: 'durationP50' | 'flakiness' | 'queueP50';
  none: string;
}) {
  const { title, rows, metric, none } = props;
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const measured = useMetricColumns([metric]);
  return (
    <Section title={title} flush>
      <PlainTable<FleetPipeline>
        label={title}
        rows={rows}
        first={FIRST}
        rowKey={row => `${row.repositoryId} ${row.pipeline.id}`}
        none={none}
        columns={[
          {
            key: 'pipeline',
            title: t('fleet.pipeline'),
            cell: row => <PipelinePlace {...row} />,
          },
          ...measured,
        ]}
      />
    </Section>
  );
}
