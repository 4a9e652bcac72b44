import type { Theme } from '@material-ui/core/styles';

/** The columns that the head and the rows of the groups share. */
export function groupColumns(theme: Theme) {
  return {
    display: 'grid',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
    gridTemplateColumns: 'minmax(0, 1fr) 52px repeat(5, 56px)',
    fontVariantNumeric: 'tabular-nums',
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr) 34px repeat(5, 30px)',
      gap: theme.spacing(0, 0.25),
    },
  } as const;
}
