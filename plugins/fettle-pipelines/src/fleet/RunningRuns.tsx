import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetPipelines } from 'backstage-plugin-fettle-common';
import {
  type PlainColumn,
  PlainTable,
  RunDuration,
  RunStateMark,
  Section,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { CommitText } from './CommitText';
import { PipelinePlace } from './PipelinePlace';

type RunningRun = FleetPipelines['running'][number];

const FIRST = 6;

const useStyles = makeStyles(
  {
    // As wide as the words, so that the bar below them does not jump.
    duration: { display: 'inline-block', width: 132 },
    branch: { overflowWrap: 'anywhere' },
  },
  { name: 'FettleRunningRuns' },
);

/** What runs now; the seconds count by themselves. */
export function RunningRuns(props: { fleet: FleetPipelines }) {
  const { running, runningTotal } = props.fleet;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const columns: PlainColumn<RunningRun>[] = [
    {
      key: 'pipeline',
      title: t('fleet.run'),
      cell: run => <PipelinePlace {...run} run={run} />,
    },
    {
      key: 'state',
      title: t('fleet.state'),
      cell: run => <RunStateMark state={run.state} hostState={run.hostState} />,
    },
    {
      key: 'commit',
      title: t('fleet.commit'),
      cell: run => (
        <CommitText
          subject={run.commitSubject ?? run.title}
          commit={run.commit}
          actor={run.actor}
        />
      ),
    },
    {
      key: 'branch',
      title: t('run.branch'),
      cell: run => <span className={classes.branch}>{run.branch}</span>,
    },
    {
      key: 'duration',
      title: t('fleet.duration'),
      numeric: true,
      cell: run => (
        <div className={classes.duration}>
          <RunDuration run={run} />
        </div>
      ),
    },
  ];
  const hidden = runningTotal - running.length;
  return (
    <Section
      title={t('fleet.runningTitle')}
      flush
      aside={hidden > 0 ? t('fleet.more', { n: String(hidden) }) : undefined}
    >
      <PlainTable
        label={t('fleet.runningTitle')}
        columns={columns}
        rows={running}
        first={FIRST}
        rowKey={run => run.id}
        none={t('fleet.runningNone')}
      />
    </Section>
  );
}
