import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { fettleSecurityTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => ({
    item: { borderTop: `1px solid ${theme.palette.divider}` },
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns: (of: { columns: string }) => `1.25em ${of.columns}`,
      alignItems: 'start',
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1, 2),
      '&:hover': { background: theme.palette.action.hover },
    },
    // After those of a row, which depend on what it is given.
    narrow: {
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '1.25em minmax(0, 1fr) !important',
        '& > :nth-child(n + 3)': { gridColumn: 2 },
      },
    },
    toggle: {
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      lineHeight: 1.6,
      // The whole row opens it.
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    panel: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1, 2, 2, 5),
      background: theme.palette.action.hover,
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
      [theme.breakpoints.down('xs')]: { paddingLeft: theme.spacing(2) },
    },
  }),
  { name: 'FettleOpenableRow' },
);

/** An item of a list in a line, which opens to more. */
export function OpenableRow(props: {
  /** What opens, for those who hear it. */
  title: string;
  /** Widths of the cells, as CSS grids have them. */
  columns: string;
  cells: ReactNode;
  /** Shown where it is opened. */
  panel: ReactNode;
  opened: boolean;
  onToggle: () => void;
  /** Of what it tells, where that has one. */
  status?: string;
}) {
  const { title, columns, cells, panel, opened, onToggle, status } = props;
  const classes = useStyles({ columns });
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <li className={classes.item} data-status={status}>
      <div className={`${classes.row} ${classes.narrow}`}>
        <ButtonBase
          className={classes.toggle}
          aria-expanded={opened}
          aria-label={t(opened ? 'policies.close' : 'policies.open', { title })}
          onClick={onToggle}
        >
          <span aria-hidden="true">{opened ? '▾' : '▸'}</span>
        </ButtonBase>
        {cells}
      </div>
      {opened && <div className={classes.panel}>{panel}</div>}
    </li>
  );
}
