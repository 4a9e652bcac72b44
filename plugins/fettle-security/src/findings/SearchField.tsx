import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useState } from 'react';

const WAIT_MS = 250;

const useStyles = makeStyles(
  theme => ({
    root: {
      height: 32,
      minWidth: 240,
      flex: '0 1 320px',
      padding: theme.spacing(0, 1.25),
      font: 'inherit',
      fontSize: '0.875rem',
      color: theme.palette.text.primary,
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
    },
  }),
  { name: 'FettleSecuritySearch' },
);

/** A field that asks once the reader pauses. */
export function SearchField(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { label, value, onChange } = props;
  const classes = useStyles();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <input
      type="search"
      className={classes.root}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={event => setText(event.target.value)}
    />
  );
}
