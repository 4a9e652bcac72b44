import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  FleetPipelines,
  MetricName,
} from 'backstage-plugin-fettle-common';
import { Section } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { MetricText } from './MetricText';
import { PlainTable, type PlainColumn } from './PlainTable';

type Owner = FleetPipelines['owners'][number];

/** How delivery goes for each owner; those with something broken first. */
export function OwnersTable(props: { owners: readonly Owner[] }) {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const measured: [MetricName, string][] = [
    ['successRate', t('fleet.success')],
    ['durationP50', t('fleet.p50')],
    ['flakiness', t('fleet.flaky')],
    ['deploymentFrequency', t('fleet.deployments')],
    ['leadTime', t('fleet.leadTime')],
    ['changeFailureRate', t('fleet.changeFailures')],
    ['timeToRestore', t('fleet.restore')],
  ];
  const columns: PlainColumn<Owner>[] = [
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owner }) =>
        owner ? <EntityRefLink entityRef={owner} /> : t('fleet.nobody'),
    },
    {
      key: 'repositories',
      title: t('fleet.repositoriesOf'),
      numeric: true,
      cell: row => row.repositories,
    },
    {
      key: 'broken',
      title: t('fleet.brokenOf'),
      numeric: true,
      cell: row => row.broken,
    },
    ...measured.map(([name, title]) => ({
      ...{ key: name, title, numeric: true },
      cell: (row: Owner) => <MetricText metric={row.metrics[name]} />,
    })),
  ];
  return (
    <Section title={t('fleet.owners')} flush>
      <PlainTable
        label={t('fleet.owners')}
        columns={columns}
        rows={props.owners}
        rowKey={({ owner }) => owner ?? ''}
        none={t('fleet.nothingMeasured')}
      />
    </Section>
  );
}
