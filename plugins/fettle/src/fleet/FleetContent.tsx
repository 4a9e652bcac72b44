import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  useLiveFleet,
  useLiveRepositories,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import { EmptyFleet } from './EmptyFleet';
import { FleetFilters } from './FleetFilters';
import { FleetNumbers } from './FleetNumbers';
import { FreshRows } from './FreshRows';
import { Lately } from './Lately';
import { Problems } from './Problems';
import { RepositoryTable } from './RepositoryTable';
import { useFleetQuery } from './useFleetQuery';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(2),
      minWidth: 0,
      alignItems: 'start',
      gridTemplateColumns: 'minmax(0, 1fr)',
      [theme.breakpoints.up(1520)]: {
        gridTemplateColumns: 'minmax(0, 1fr) 340px',
      },
    },
    column: { display: 'grid', gap: theme.spacing(1.5), minWidth: 0 },
    table: {
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      overflow: 'hidden',
      position: 'relative',
      minWidth: 0,
    },
    foot: {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
      textAlign: 'right',
    },
  }),
  { name: 'FettleFleetContent' },
);

/** The fleet: numbers, filters, table, what changed lately, and problems. */
export function FleetContent() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { query, change, clear, filtered } = useFleetQuery();
  const list = useLiveRepositories(query);
  const overview = useLiveFleet();
  const { fleet, activity } = overview;

  if (list.status === 'error' && list.rows.length === 0 && list.error) {
    return (
      <ErrorPanel
        error={list.error}
        permission={repositoryReadPermission.name}
        since={list.live.since.toISOString()}
        onRetry={list.retry}
      />
    );
  }
  const empty = list.status === 'ready' && list.total === 0 && list.fresh === 0;
  return (
    <div className={classes.root}>
      <div className={classes.column}>
        <FleetNumbers
          fleet={fleet}
          live={list.live}
          onRetry={() => {
            list.retry();
            overview.retry();
          }}
          query={query}
          onChange={change}
        />
        {!(empty && !filtered) && (
          <FleetFilters
            fleet={fleet}
            query={query}
            filtered={filtered}
            onChange={change}
            onClear={clear}
          />
        )}
        {empty ? (
          <EmptyFleet filtered={filtered} onClear={clear} />
        ) : (
          <div className={classes.table}>
            <FreshRows
              fresh={list.fresh}
              moved={list.moved}
              onShow={list.showFresh}
            />
            <RepositoryTable
              rows={list.rows}
              total={list.total}
              loading={list.status === 'loading'}
              hasMore={list.hasMore}
              loadMore={list.loadMore}
              sort={query.sort}
              order={query.order}
              onSort={(sort, order) => change({ sort, order })}
            />
          </div>
        )}
        {list.rows.length > 0 && (
          <div className={classes.foot}>
            {t('fleet.shown', {
              shown: String(list.rows.length),
              total: String(list.total),
            })}
          </div>
        )}
      </div>
      <div className={classes.column}>
        <Lately activity={activity} />
        {fleet && <Problems problems={fleet.problems} />}
      </div>
    </div>
  );
}
