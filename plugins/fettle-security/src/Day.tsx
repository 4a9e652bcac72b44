import { makeStyles } from '@material-ui/core/styles';
import { tones, useNow } from 'backstage-plugin-fettle-react';

const useStyles = makeStyles(
  theme => ({
    root: { whiteSpace: 'nowrap' },
    past: { color: tones(theme).bad, fontWeight: 600 },
  }),
  { name: 'FettleSecurityDay' },
);

/** A day to come, or one that should have been kept. */
export function Day(props: {
  /** ISO 8601. */
  at: string;
  /** Says before it that it has passed, in words. */
  due?: { ahead: string; passed: string };
}) {
  const { at, due } = props;
  const classes = useStyles();
  const now = useNow(3_600_000);
  const date = new Date(at);
  const passed = date.getTime() < now.getTime();
  const day = new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    year:
      date.getUTCFullYear() === now.getUTCFullYear() ? undefined : 'numeric',
  }).format(date);
  return (
    <time
      dateTime={at}
      title={date.toLocaleString()}
      className={`${classes.root} ${due && passed ? classes.past : ''}`}
    >
      {due ? `${passed ? due.passed : due.ahead} ${day}` : day}
    </time>
  );
}
