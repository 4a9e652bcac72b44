import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  deliveryStateSchema,
  sourceReadPermission,
  type SourceStatus,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  ErrorPanel,
  FilterMenu,
  type PlainColumn,
  PlainTable,
  Section,
  Skeleton,
  TextButton,
  VisuallyHidden,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { deliveryRows, type DeliveryRow } from './deliveryRows';
import { DeliveryOutcome } from './DeliveryOutcome';
import { RetryButton } from './RetryButton';
import { useDeliveries } from './useDeliveries';
import { useDeliveryFilters } from './useDeliveryFilters';
import { useRetries } from './useRetries';

const useStyles = makeStyles(
  theme => ({
    filters: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    padded: { padding: theme.spacing(0, 2, 1.5) },
    event: { overflowWrap: 'break-word' },
    id: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      maxWidth: 260,
    },
    foot: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
    },
  }),
  { name: 'FettleDeliveryList' },
);

/** Deliveries by what became of them; those that failed can be tried again. */
export function DeliveryList(props: {
  sources: readonly SourceStatus[];
  /** The list is read anew when it changes. */
  revision: number;
}) {
  const { sources } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { filters, change } = useDeliveryFilters();
  const list = useDeliveries(filters, props.revision);
  const { retries, ask } = useRetries(list.reload);
  const titleOf = (id: string) =>
    sources.find(source => source.id === id)?.title ?? id;
  const columns: PlainColumn<DeliveryRow>[] = [
    {
      key: 'event',
      title: t('sources.event'),
      cell: ({ delivery }) => (
        <>
          <div className={classes.event}>{delivery.event}</div>
          <div
            className={classes.id}
            title={t('sources.deliveryId', { id: delivery.deliveryId })}
          >
            {delivery.deliveryId}
          </div>
        </>
      ),
    },
    {
      key: 'source',
      title: t('sources.source'),
      cell: ({ delivery }) => titleOf(delivery.source),
    },
    {
      key: 'reason',
      title: t('sources.reason'),
      cell: row => <DeliveryOutcome row={row} />,
    },
    {
      key: 'when',
      title: t('sources.when'),
      numeric: true,
      cell: ({ delivery }) => <Age at={delivery.receivedAt} />,
    },
    {
      key: 'actions',
      // Named for those who listen; the button says it to those who look.
      title: '',
      heading: <VisuallyHidden>{t('sources.actions')}</VisuallyHidden>,
      numeric: true,
      cell: row => <RetryButton row={row} onRetry={ask} />,
    },
  ];
  const { state, source } = filters;
  return (
    <Section
      title={t('sources.deliveries')}
      flush
      aside={
        <div className={classes.filters}>
          <FilterMenu
            single
            label={t('sources.state')}
            options={deliveryStateSchema.options.map(value => ({
              value,
              label: t(`sources.${value}`),
              count: sources
                .filter(one => !source || one.id === source)
                .reduce((sum, one) => sum + (one.deliveries[value] ?? 0), 0),
            }))}
            selected={state ? [state] : []}
            onSelect={chosen => change({ state: chosen?.[0] })}
          />
          <FilterMenu
            single
            label={t('sources.source')}
            options={sources.map(({ id, title }) => ({
              value: id,
              label: title,
            }))}
            selected={source ? [source] : []}
            onSelect={chosen => change({ source: chosen?.[0] })}
          />
        </div>
      }
    >
      {list.error && (
        <div className={classes.padded}>
          <ErrorPanel
            error={list.error}
            permission={sourceReadPermission.name}
            onRetry={list.reload}
          />
        </div>
      )}
      {list.items && (
        <PlainTable
          label={t('sources.deliveries')}
          columns={columns}
          rows={deliveryRows(list.items, retries, filters)}
          rowKey={({ delivery }) => delivery.id}
          none={t(
            state === 'failed' ? 'sources.noneFailed' : 'sources.noDeliveries',
          )}
        />
      )}
      {!list.items && !list.error && (
        <div className={classes.padded}>
          <Skeleton height={64} />
        </div>
      )}
      {list.hasMore && (
        <div className={classes.foot}>
          <TextButton color="primary" onClick={list.loadMore}>
            {t('sources.older')}
          </TextButton>
        </div>
      )}
    </Section>
  );
}
