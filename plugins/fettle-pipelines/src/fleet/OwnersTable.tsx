import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { FleetPipelines } from 'backstage-plugin-fettle-common';
import {
  type PlainColumn,
  PlainTable,
  RunStateIcon,
  Section,
  tones,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { useMetricColumns } from './useMetricColumns';

type Owner = FleetPipelines['owners'][number];

const FIRST = 20;

const METRICS = [
  'successRate',
  'durationP50',
  'flakiness',
  'deploymentFrequency',
  'leadTime',
  'changeFailureRate',
  'timeToRestore',
] as const;

const useStyles = makeStyles(
  theme => ({ broken: { color: tones(theme).bad, fontWeight: 600 } }),
  { name: 'FettleOwnersTable' },
);

/** How delivery goes for each owner; those with something broken first. */
export function OwnersTable(props: { owners: readonly Owner[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const measured = useMetricColumns(METRICS);
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
      title: t('fleet.brokenTitle'),
      numeric: true,
      cell: ({ broken }) =>
        broken > 0 ? (
          <span className={classes.broken}>
            <RunStateIcon state="failed" /> {broken}
          </span>
        ) : (
          0
        ),
    },
    ...measured,
  ];
  return (
    <Section title={t('fleet.owners')} flush>
      <PlainTable
        label={t('fleet.owners')}
        columns={columns}
        rows={props.owners}
        first={FIRST}
        rowKey={({ owner }) => owner ?? ''}
        none={t('fleet.noOwners')}
      />
    </Section>
  );
}
