import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  deliveryRetryPermission,
  deliveryStateSchema,
  type DeliveryState,
  type DeliverySummary,
  type SourceStatus,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  ErrorPanel,
  FilterMenu,
  Section,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { PlainTable, type PlainColumn } from '../fleet/PlainTable';
import { fettlePipelinesTranslationRef } from '../translation';
import { useDeliveries } from './useDeliveries';

/** Deliveries by what became of them; those that failed can be tried again. */
export function DeliveryList(props: {
  sources: readonly SourceStatus[];
  /** The list is read anew when it changes. */
  revision: number;
}) {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [state, setState] = useState<DeliveryState>('failed');
  const [source, setSource] = useState<string>();
  const list = useDeliveries({ state, source, revision: props.revision });
  const columns: PlainColumn<DeliverySummary>[] = [
    { key: 'source', title: t('sources.source'), cell: row => row.source },
    { key: 'event', title: t('sources.event'), cell: row => row.event },
    {
      key: 'reason',
      title: t('sources.reason'),
      cell: ({ state: now, reason }) =>
        reason
          ? `${t(`sources.${now}`)}: ${reason.message} ${reason.action}`
          : t(`sources.${now}`),
    },
    {
      key: 'when',
      title: t('sources.when'),
      numeric: true,
      cell: row => <Age at={row.receivedAt} />,
    },
    {
      key: 'actions',
      title: t('sources.actions'),
      cell: row =>
        row.state === 'failed' || row.state === 'ignored' ? (
          <TextButton variant="outlined" onClick={() => list.retry(row.id)}>
            {t('sources.retry')}
          </TextButton>
        ) : null,
    },
  ];
  return (
    <Section
      title={t('sources.deliveries')}
      flush
      aside={
        <>
          <FilterMenu
            label={t('sources.state')}
            options={deliveryStateSchema.options.map(value => ({
              value,
              label: t(`sources.${value}`),
            }))}
            selected={[state]}
            onSelect={(chosen = []) =>
              setState(chosen.find(one => one !== state) ?? state)
            }
          />{' '}
          <FilterMenu
            label={t('sources.source')}
            options={props.sources.map(({ id, title }) => ({
              value: id,
              label: title,
            }))}
            selected={source ? [source] : []}
            onSelect={(chosen = []) =>
              setSource(chosen.find(one => one !== source))
            }
          />
        </>
      }
    >
      {list.error && (
        <ErrorPanel
          error={list.error}
          permission={deliveryRetryPermission.name}
        />
      )}
      <PlainTable
        label={t('sources.deliveries')}
        columns={columns}
        rows={list.items}
        rowKey={({ id }) => id}
        none={t('sources.noDeliveries')}
      />
      {list.hasMore && (
        <TextButton onClick={list.loadMore}>{t('sources.older')}</TextButton>
      )}
    </Section>
  );
}
