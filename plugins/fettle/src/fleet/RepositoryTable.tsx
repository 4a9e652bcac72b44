import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import type {
  RepositoryQuery,
  RepositorySummary,
} from 'backstage-plugin-fettle-common';
import {
  Skeleton,
  useWidth,
  VisuallyHidden,
} from 'backstage-plugin-fettle-react';
import { useEffect, useRef, useState } from 'react';
import { fettleTranslationRef } from '../translation';
import { columnsFor } from './columns';
import { RepositoryRow } from './RepositoryRow';
import { TableHead } from './TableHead';
import { useRowNavigation } from './useRowNavigation';

const AHEAD = 20;

const useStyles = makeStyles(
  {
    scroller: {
      overflowY: 'auto',
      maxHeight: 'max(320px, calc(100vh - 244px))',
      overscrollBehavior: 'contain',
    },
    rows: { position: 'relative', width: '100%' },
    loading: { padding: '4px 16px' },
  },
  { name: 'FettleRepositoryTable' },
);

/** The rows of the fleet: virtual, loaded page by page, walked with arrow keys. */
export function RepositoryTable(props: {
  rows: readonly RepositorySummary[];
  total: number;
  loading: boolean;
  hasMore: boolean;
  loadMore: () => void;
  sort: RepositoryQuery['sort'];
  order: RepositoryQuery['order'];
  onSort: (
    sort: RepositoryQuery['sort'],
    order: RepositoryQuery['order'],
  ) => void;
}) {
  const { rows, total, loading, hasMore, loadMore } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller, 1200);
  const columns = columnsFor(width);
  const narrow = columns.length === 2;
  const rowHeight = narrow ? 60 : 40;
  const [active, setActive] = useState(0);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => rows[index].id,
    overscan: 8,
  });
  const { measure } = virtual;
  useEffect(() => measure(), [measure, rowHeight]);

  const items = virtual.getVirtualItems();
  const lastShown = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - AHEAD) loadMore();
  }, [hasMore, lastShown, rows.length, loadMore]);

  useRowNavigation(scroller, {
    count: rows.length,
    active,
    page: Math.max(1, items.length - 10),
    show: index => {
      setActive(index);
      virtual.scrollToIndex(index);
    },
  });
  const current = Math.min(active, Math.max(0, rows.length - 1));

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label={t('table.label')}
      aria-rowcount={total + 1}
      aria-busy={loading}
    >
      <TableHead
        columns={columns}
        sort={props.sort}
        order={props.order}
        onSort={props.onSort}
      />
      {loading && rows.length === 0 ? (
        <div className={classes.loading} role="status">
          <VisuallyHidden>{t('fleet.loading')}</VisuallyHidden>
          {Array.from({ length: 10 }, (_, index) => (
            <Skeleton key={index} height={28} margin={12} />
          ))}
        </div>
      ) : (
        <div
          role="rowgroup"
          className={classes.rows}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map(item => (
            <RepositoryRow
              key={item.key}
              repository={rows[item.index]}
              index={item.index}
              top={item.start}
              height={rowHeight}
              columns={columns}
              focusable={item.index === current}
              onFocus={() => setActive(item.index)}
            />
          ))}
        </div>
      )}
      {hasMore && rows.length > 0 && (
        <div className={classes.loading} role="status">
          {t('fleet.loadingMore')}
        </div>
      )}
    </div>
  );
}
