import type { Theme } from '@material-ui/core/styles';

/** The columns that the head and the rows of the groups share. */
export function groupColumns(theme: Theme) {
  return {
    display: 'grid',
    alignItems: 'center',
    gap: theme.spacing(0, 1),
    gridTemplateColumns: 'minmax(0, 1fr) 52px repeat(5, 56px)',
    fontVariantNumeric: 'tabular-nums',
  } as const;
}
