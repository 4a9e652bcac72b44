import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { FleetPipelines } from 'backstage-plugin-fettle-common';
import {
  RunDuration,
  RunStateMark,
  Section,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { PlainTable, type PlainColumn } from './PlainTable';

type RunningRun = FleetPipelines['running'][number];

/** What runs now; the seconds count by themselves. */
export function RunningRuns(props: { fleet: FleetPipelines }) {
  const { running, runningTotal } = props.fleet;
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const columns: PlainColumn<RunningRun>[] = [
    {
      key: 'state',
      title: t('fleet.state'),
      cell: run => <RunStateMark state={run.state} hostState={run.hostState} />,
    },
    {
      key: 'pipeline',
      title: t('fleet.pipeline'),
      cell: run => (
        <>
          {run.repositoryName} {run.pipeline.name} #{run.number}{' '}
          {run.commitSubject ?? run.title}
        </>
      ),
    },
    {
      key: 'branch',
      title: t('run.branch'),
      cell: run => run.branch,
    },
    {
      key: 'duration',
      title: t('fleet.duration'),
      numeric: true,
      cell: run => <RunDuration run={run} />,
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
        rowKey={run => run.id}
        none={t('fleet.runningNone')}
      />
    </Section>
  );
}
