import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useState, type ReactNode } from 'react';
import { TextButton } from './TextButton';
import { fettleReactTranslationRef } from './translation';

/**
 * One column of a {@link PlainTable}.
 *
 * @public
 */
export interface PlainColumn<T> {
  key: string;
  title: string;
  /** Instead of the title, where its heading is more than words. */
  heading?: ReactNode;
  /** Right-aligned, with tabular figures. */
  numeric?: boolean;
  cell(row: T): ReactNode;
}

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: {
      position: 'relative',
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
        padding: theme.spacing(0.75, 1.5),
        borderTop: `1px solid ${theme.palette.divider}`,
        verticalAlign: 'top',
      },
      '& th:first-child, & td:first-child': { paddingLeft: theme.spacing(2) },
      '& th:last-child, & td:last-child': { paddingRight: theme.spacing(2) },
      '& tbody tr:hover': { background: theme.palette.action.hover },
      // A row is too wide for a phone: there its cells stand below each other,
      // each with the name of its column.
      [theme.breakpoints.down('xs')]: {
        '&, & tbody': { display: 'block' },
        '& thead': {
          display: 'block',
          position: 'absolute',
          clip: 'rect(0 0 0 0)',
          width: 1,
          height: 1,
          overflow: 'hidden',
        },
        '& tbody tr': {
          display: 'flex',
          flexWrap: 'wrap',
          gap: theme.spacing(0.25, 2),
          padding: theme.spacing(1, 2),
          borderTop: `1px solid ${theme.palette.divider}`,
        },
        '& tbody td': {
          border: 0,
          padding: 0,
          textAlign: 'left',
          minWidth: 0,
          overflowWrap: 'anywhere',
          '&:empty': { display: 'none' },
          '&:first-child': { flex: '1 0 100%' },
          '&:first-child, &:last-child': { padding: 0 },
          '&:not(:first-child)::before': {
            content: 'attr(data-title) " "',
            fontSize: '0.75rem',
            color: theme.palette.text.secondary,
          },
        },
      },
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
    foot: {
      borderTop: `1px solid ${theme.palette.divider}`,
      padding: theme.spacing(0.5, 1.25),
    },
  }),
  { name: 'FettlePlainTable' },
);

/**
 * Rows that are all shown, or the first of them with a button for the rest;
 * says so in words where there are none.
 *
 * @public
 */
export function PlainTable<T>(props: {
  label: string;
  columns: readonly PlainColumn<T>[];
  rows: readonly T[];
  rowKey(row: T): string;
  none: string;
  /** How many are shown before the rest is asked for. */
  first?: number;
}) {
  const { label, columns, rows, rowKey, none, first = Infinity } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [all, setAll] = useState(false);
  if (rows.length === 0) return <div className={classes.none}>{none}</div>;
  const shown = all ? rows : rows.slice(0, first);
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ key, title, heading, numeric }) => (
              <th
                key={key}
                scope="col"
                className={numeric ? classes.numeric : undefined}
              >
                {heading ?? title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(row => (
            <tr key={rowKey(row)}>
              {columns.map(({ key, title, numeric, cell }) => (
                <td
                  key={key}
                  data-title={title}
                  className={numeric ? classes.numeric : undefined}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > first && (
        <div className={classes.foot}>
          <TextButton
            color="primary"
            aria-expanded={all}
            onClick={() => setAll(shownAll => !shownAll)}
          >
            {all
              ? t('table.showFirst', { n: String(first) })
              : t('table.showAll', { n: String(rows.length) })}
          </TextButton>
        </div>
      )}
    </div>
  );
}
