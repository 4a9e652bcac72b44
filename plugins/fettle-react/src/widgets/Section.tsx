import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      minWidth: 0,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(1.5, 2, 0.75),
    },
    title: {
      margin: 0,
      fontSize: '0.9375rem',
      fontWeight: 600,
      lineHeight: 1.4,
      color: theme.palette.text.primary,
    },
    aside: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    body: { padding: theme.spacing(0, 2, 1.5), minWidth: 0 },
    flush: { padding: 0 },
  }),
  { name: 'FettleSection' },
);

/**
 * A titled part of a page.
 *
 * @public
 */
export function Section(props: {
  title: string;
  /** Beside the title: a count, a hint, a control. */
  aside?: ReactNode;
  /** The content brings its own padding. */
  flush?: boolean;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <section className={classes.root} aria-label={props.title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{props.title}</h2>
        {props.aside !== undefined && (
          <div className={classes.aside}>{props.aside}</div>
        )}
      </div>
      <div className={props.flush ? classes.flush : classes.body}>
        {props.children}
      </div>
    </section>
  );
}
