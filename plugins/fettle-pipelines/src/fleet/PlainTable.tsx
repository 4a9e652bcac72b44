import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

/** One column of a plain table. */
export interface PlainColumn<T> {
  key: string;
  title: string;
  /** Right-aligned, with tabular figures. */
  numeric?: boolean;
  cell(row: T): ReactNode;
}

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontSize: '0.875rem',
      '& th': {
        textAlign: 'left',
        fontWeight: 400,
        fontSize: '0.75rem',
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        padding: theme.spacing(0.75, 2),
        borderTop: `1px solid ${theme.palette.divider}`,
        verticalAlign: 'top',
      },
      '& tbody tr:hover': { background: theme.palette.action.hover },
    },
    numeric: {
      textAlign: 'right',
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
      'th&': { textAlign: 'right' },
    },
    none: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
  }),
  { name: 'FettlePlainTable' },
);

/** Rows that are all shown; says so in words where there are none. */
export function PlainTable<T>(props: {
  label: string;
  columns: readonly PlainColumn<T>[];
  rows: readonly T[];
  rowKey(row: T): string;
  none: string;
}) {
  const { label, columns, rows, rowKey, none } = props;
  const classes = useStyles();
  if (rows.length === 0) return <div className={classes.none}>{none}</div>;
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, numeric }) => (
              <th key={key} className={numeric ? classes.numeric : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, numeric, cell }) => (
                <td key={key} className={numeric ? classes.numeric : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
