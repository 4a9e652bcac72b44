import { makeStyles } from '@material-ui/core/styles';

/** The look that the heads of plans and remediations share. */
export const useHeaderStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
      minWidth: 0,
      overflowWrap: 'anywhere',
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
    },
    title: {
      margin: 0,
      fontSize: '1.125rem',
      fontWeight: 600,
      lineHeight: 1.35,
    },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
      '& code': {
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
        color: theme.palette.text.primary,
      },
    },
  }),
  { name: 'FettleAutomationHeader' },
);
