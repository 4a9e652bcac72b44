import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  BrokenPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import { Age, RunStateIcon, Section } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { PipelinePlace } from './PipelinePlace';
import { PlainTable, type PlainColumn } from './PlainTable';

/** What is red on default branches, since when, and whose it is. */
export function BrokenPipelines(props: { fleet: FleetPipelines }) {
  const { broken, brokenTotal } = props.fleet;
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const columns: PlainColumn<BrokenPipeline>[] = [
    {
      key: 'pipeline',
      title: t('fleet.pipeline'),
      cell: row => (
        <>
          <RunStateIcon state="failed" /> <PipelinePlace {...row} />
        </>
      ),
    },
    {
      key: 'commit',
      title: t('fleet.lastCommit'),
      cell: row => (
        <>
          {row.commitSubject} <code>{row.commit?.slice(0, 7)}</code> {row.actor}
        </>
      ),
    },
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owner }) =>
        owner ? <EntityRefLink entityRef={owner} /> : t('fleet.nobody'),
    },
    {
      key: 'failures',
      title: t('fleet.failures'),
      numeric: true,
      cell: row => row.failures,
    },
    {
      key: 'since',
      title: t('fleet.since'),
      numeric: true,
      cell: row => <Age at={row.since} />,
    },
  ];
  const hidden = brokenTotal - broken.length;
  return (
    <Section
      title={t('fleet.brokenTitle')}
      flush
      aside={hidden > 0 ? t('fleet.more', { n: String(hidden) }) : undefined}
    >
      <PlainTable
        label={t('fleet.brokenTitle')}
        columns={columns}
        rows={broken}
        rowKey={row => `${row.repositoryId} ${row.pipeline.id}`}
        none={t('fleet.brokenNone')}
      />
    </Section>
  );
}
