import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      fontFamily: theme.typography.fontFamily,
      fontSize: '0.875rem',
      lineHeight: 1.5,
      color: theme.palette.text.primary,
      minWidth: 0,
    },
  }),
  { name: 'FettleBody' },
);

/**
 * The type of everything Fettle shows, whichever design system the portal has
 * around it.
 *
 * @public
 */
export function FettleBody(props: { children: ReactNode }) {
  const classes = useStyles();
  return <div className={classes.root}>{props.children}</div>;
}
