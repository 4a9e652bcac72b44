import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryQuery } from 'backstage-plugin-fettle-common';
import { tones } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';
import type { columnsFor } from './columns';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'sticky',
      top: 0,
      zIndex: 1,
      display: 'grid',
      gap: theme.spacing(0, 1.5),
      alignItems: 'center',
      height: 34,
      padding: theme.spacing(0, 2),
      background: theme.palette.background.paper,
      borderBottom: `1px solid ${theme.palette.divider}`,
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
    right: { textAlign: 'right' },
    button: {
      font: 'inherit',
      borderRadius: 3,
      '&:hover': { color: theme.palette.text.primary },
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
    },
    arrow: { marginLeft: '0.35em' },
    sorted: { color: theme.palette.text.primary, fontWeight: 600 },
  }),
  { name: 'FettleTableHead' },
);

/** The column heads; those that sort are buttons. */
export function TableHead(props: {
  columns: ReturnType<typeof columnsFor>;
  sort: RepositoryQuery['sort'];
  order: RepositoryQuery['order'];
  onSort: (
    sort: RepositoryQuery['sort'],
    order: RepositoryQuery['order'],
  ) => void;
}) {
  const { columns, sort, order, onSort } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <div role="rowgroup">
      <div
        role="row"
        aria-rowindex={1}
        className={classes.root}
        style={{ gridTemplateColumns: columns.map(c => c.track).join(' ') }}
      >
        {columns.map(column => {
          const by = column.sort;
          const sorted = by !== undefined && by === sort;
          const label = t(`table.${column.id}`);
          let ariaSort: 'ascending' | 'descending' | undefined;
          if (sorted) ariaSort = order === 'asc' ? 'ascending' : 'descending';
          let next = column.firstOrder ?? 'asc';
          if (sorted) next = order === 'asc' ? 'desc' : 'asc';
          return (
            <span
              key={column.id}
              role="columnheader"
              aria-sort={ariaSort}
              className={column.right ? classes.right : undefined}
            >
              {by === undefined ? (
                label
              ) : (
                <ButtonBase
                  disableRipple
                  className={`${classes.button} ${
                    sorted ? classes.sorted : ''
                  }`}
                  onClick={() => onSort(by, next)}
                >
                  {label}
                  {sorted && (
                    <span aria-hidden="true" className={classes.arrow}>
                      {order === 'asc' ? '↑' : '↓'}
                    </span>
                  )}
                </ButtonBase>
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}
