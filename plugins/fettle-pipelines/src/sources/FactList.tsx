import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.75, 2),
      margin: 0,
      '& dt': {
        color: theme.palette.text.secondary,
        fontSize: '0.75rem',
        lineHeight: 1.3,
      },
      '& dd': {
        margin: 0,
        fontWeight: 600,
        fontVariantNumeric: 'tabular-nums',
      },
    },
  }),
  { name: 'FettleFactList' },
);

/** Names with their values beside each other. */
export function FactList(props: {
  label: string;
  facts: readonly (readonly [name: string, value: ReactNode])[];
}) {
  const classes = useStyles();
  return (
    <dl className={classes.root} aria-label={props.label}>
      {props.facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
