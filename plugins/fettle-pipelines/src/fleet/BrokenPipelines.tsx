import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  BrokenPipeline,
  FleetPipelines,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  type PlainColumn,
  PlainTable,
  RunStateIcon,
  Section,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { CommitText } from './CommitText';
import { PipelinePlace } from './PipelinePlace';
import { useEntityPipelinesLink } from './useEntityPipelinesLink';

/** What runs stays in view at 800 pixels below so many. */
const FIRST = 5;

/** What is red on default branches, by whom and since when, and whose it is. */
export function BrokenPipelines(props: { fleet: FleetPipelines }) {
  const { broken, brokenTotal } = props.fleet;
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const link = useEntityPipelinesLink();
  const columns: PlainColumn<BrokenPipeline>[] = [
    {
      key: 'pipeline',
      title: t('fleet.pipeline'),
      cell: row => (
        <PipelinePlace
          {...row}
          run={{ id: row.runId }}
          mark={<RunStateIcon state="failed" />}
        />
      ),
    },
    {
      key: 'first',
      title: t('fleet.brokenBy'),
      cell: ({ first, entityRef }) => (
        <CommitText
          subject={first.commitSubject}
          commit={first.commit}
          actor={first.actor}
          to={entityRef ? link(entityRef, { run: first.runId }) : undefined}
        />
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
        first={FIRST}
        rowKey={row => `${row.repositoryId} ${row.pipeline.id}`}
        none={t('fleet.brokenNone')}
      />
    </Section>
  );
}
