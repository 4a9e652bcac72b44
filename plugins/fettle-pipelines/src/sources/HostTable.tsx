import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { HostStatus } from 'backstage-plugin-fettle-common';
import {
  Age,
  type PlainColumn,
  PlainTable,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { BudgetBar } from './BudgetBar';
import { HostState } from './HostState';

/** What may be asked of hosts, and how they answer. */
export function HostTable(props: {
  hosts: readonly HostStatus[];
  label: string;
}) {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const columns: PlainColumn<HostStatus>[] = [
    { key: 'host', title: t('sources.host'), cell: ({ host }) => host },
    {
      key: 'state',
      title: t('sources.hostState'),
      cell: host => <HostState host={host} />,
    },
    {
      key: 'budget',
      title: t('sources.limit'),
      cell: host => <BudgetBar host={host} />,
    },
    {
      key: 'calls',
      title: t('sources.calls'),
      numeric: true,
      cell: ({ calls }) => calls.toLocaleString(),
    },
    {
      key: 'answered',
      title: t('sources.lastAnswer'),
      numeric: true,
      cell: ({ lastSuccessAt }) => <Age at={lastSuccessAt} />,
    },
  ];
  return (
    <PlainTable
      label={props.label}
      columns={columns}
      rows={props.hosts}
      rowKey={({ host }) => host}
      none=""
    />
  );
}
