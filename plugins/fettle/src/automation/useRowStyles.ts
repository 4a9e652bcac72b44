import { makeStyles } from '@material-ui/core/styles';
import { tones } from 'backstage-plugin-fettle-react';

/** The look that rows of plans and remediations share. */
export const useRowStyles = makeStyles(
  theme => ({
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns: '11.5em minmax(0, 1fr) auto',
      alignItems: 'start',
      gap: theme.spacing(0.25, 1.5),
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-within': { boxShadow: `inset 3px 0 0 ${tones(theme).accent}` },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    narrow: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      '& $side': { textAlign: 'left' },
    },
    what: { minWidth: 0, overflowWrap: 'anywhere' },
    open: {
      font: 'inherit',
      fontWeight: 600,
      textAlign: 'left',
      // The whole row opens it; links in the row lie above.
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    // Where nothing but this says that it opens.
    link: { color: theme.palette.primary.main },
    quiet: {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      '& a': { position: 'relative', zIndex: 1 },
    },
    side: {
      textAlign: 'right',
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
      '& a': { position: 'relative', zIndex: 1 },
      [theme.breakpoints.down('xs')]: { textAlign: 'left' },
    },
  }),
  { name: 'FettleAutomationRow' },
);
